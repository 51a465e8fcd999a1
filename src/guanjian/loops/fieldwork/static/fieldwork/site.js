// The page on site: each button signs one item into this device's queue; sending waits for the network.
import { hashOf, newDevice, sign } from "./chain.js";
import { all, forget, keep, one } from "./store.js";
import { OutOfReach, SignInFirst, ask, deliver, network, reach } from "./upload.js";
import { textOf } from "./wording.js";

const told = JSON.parse(document.getElementById("told").textContent);
const key = `${told.key}|${told.me}`;
const base = location.pathname.replace(/site\/$/, "");
const shelf = `guanjian-fieldwork-${key}`; // each job keeps its own copy of the page: one that ends takes no other with it
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const say = (text, kind = "success") => {
  part("told").textContent = text;
  part("told").className = `notice notice-${kind}`;
  part("told").hidden = !text;
};
const TRY_AGAIN = 10000; // milliseconds, while the office is out of reach
let standing = { state: told.state, missing: [], over: false };

async function keepPage() {
  await navigator.serviceWorker.register(told.worker);
  await navigator.serviceWorker.ready;
  const shell = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const kept = await caches.open(shelf);
  for (const address of [location.pathname, ...new Set(shell)]) {
    const answer = await reach(address, { redirect: "error", cache: "no-cache" });
    if (!answer.ok) throw new Error(address);
    await kept.put(address, answer);
  }
}

async function takeJob() {
  if (await one("jobs", key)) return;
  const device = await newDevice(told.key, key);
  await ask(`${base}site/take/`, JSON.stringify({ key: device.open, clock: new Date().toISOString() }));
  await keep(["jobs", device]);
}

const place = () =>
  new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) }),
      () => reject(new Error(told.say.no_place)),
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 5000 },
    ),
  );

const done = async (deed) => (await all("queue", key)).filter((item) => item.deed === deed && item.outcome !== "aside");

let watching = null;
async function watch() {
  const there = (await done("check_in")).length > 0 && (await done("check_out")).length === 0;
  if (there && watching === null) {
    let newest = 0;
    watching = navigator.geolocation.watchPosition(({ coords }) => {
      if (Date.now() - newest < 15000) return;
      newest = Date.now();
      keep(["points", { job: key, at: new Date().toISOString(), lon: coords.longitude, lat: coords.latitude }]);
    });
  } else if (!there && watching !== null) {
    navigator.geolocation.clearWatch(watching);
    watching = null;
  }
}

async function signTrack() {
  const points = (await all("points", key)).map(({ at, lon, lat }) => ({ at, lon, lat }));
  if (!points.length) return;
  const content = new Blob([JSON.stringify(points)]);
  const hash = await hashOf(await content.arrayBuffer());
  const facts = { hash, count: points.length, from: points[0].at, to: points.at(-1).at };
  await sign(key, "track", facts, ["files", { job: key, hash, content, type: "application/json" }]);
}

async function addPhoto(form) {
  const content = form.photo.files[0];
  if (!told.types.includes(content.type) || content.size > told.largest) throw new Error(told.say.no_photo);
  const hash = await hashOf(await content.arrayBuffer());
  if (await one("files", [key, hash])) throw new Error(told.say.same_photo);
  const facts = { hash, shows: form.shows.value, g_no: form.g_no.value.trim() };
  await sign(key, "photo", facts, ["files", { job: key, hash, content, type: content.type }]);
  form.reset();
}

async function addClip(form) {
  const hash = await hashOf(await form.clip.files[0].arrayBuffer());
  const moment = (field) => new Date(field.value).toISOString();
  await sign(key, "clip", { hash, camera: form.camera.value.trim(), from: moment(form.from), to: moment(form.to) });
  form.reset();
}

function fieldsOf(form) {
  const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  for (const box of form.querySelectorAll("[data-rows]")) {
    const rows = [...box.querySelectorAll(".row")];
    const cells = (row) => [...row.querySelectorAll("[data-column]")].map((cell) => [cell.dataset.column, cell.value.trim()]);
    fields[box.dataset.rows] = rows.map((row) => Object.fromEntries(cells(row)));
  }
  return fields;
}

const DEEDS = {
  check_in: async () => sign(key, "check_in", await place()),
  photo: addPhoto,
  clip: addClip,
  record: async (form) => sign(key, "record", fieldsOf(form)),
  check_out: async () => {
    const where = await place();
    await signTrack();
    await sign(key, "check_out", where);
  },
};

async function draw() {
  const [queue, came, left, files] = await Promise.all([all("queue", key), done("check_in"), done("check_out"), all("files", key)]);
  const waiting = queue.filter((item) => !["done", "known", "aside"].includes(item.outcome));
  part("network").textContent = network.reached ? told.say.online : told.say.offline;
  part("network").className = network.reached ? "state" : "state state-off";
  part("waiting").textContent = waiting.length;
  part("queue").replaceChildren(...queue.map(line));
  document.querySelector('form[data-deed="check_in"] button').disabled = came.length > 0;
  document.querySelector('form[data-deed="check_out"] button').disabled = !came.length || left.length > 0;
  for (const name of ["photo", "clip", "record"]) part(name).disabled = !came.length;
  const unsent = files.filter(({ hash }) => standing.missing.includes(hash)).length;
  part("anew").hidden = !queue.some((item) => item.outcome === "refused");
  part("send").disabled = !navigator.onLine;
  part("submit").disabled = !network.reached || waiting.length + unsent > 0 || standing.state !== "left";
  await watch();
}

function line(item) {
  const row = document.createElement("li");
  const what = document.createElement("b");
  what.textContent = `${item.seq}. ${told.say[item.deed]}`;
  const when = document.createElement("span");
  when.textContent = `${new Date(item.at).toLocaleTimeString()} · ${told.say[item.outcome || "kept"]}`;
  row.append(what, when);
  if (item.said) {
    const why = document.createElement("p");
    why.textContent = item.said;
    row.append(why);
  }
  return row;
}

async function send() {
  standing = await deliver(key, base);
  const stopped = (await all("queue", key)).find((item) => ["refused", "wait"].includes(item.outcome));
  if (stopped) say(stopped.said, stopped.outcome === "wait" ? "warning" : "error");
  else say(`${told.say.sent}${standing.state_label}`);
}

async function letGo() {
  await forget(key);
  await caches.delete(shelf);
}

async function submit() {
  await ask(`/api/fieldwork/${told.pk}/steps/submit`, JSON.stringify({ version: standing.version, facts: {} }));
  await letGo();
  location.assign(base);
}

async function tried(work) {
  try {
    await work();
  } catch (problem) {
    const signIn = problem instanceof SignInFirst;
    say(signIn ? told.say.sign_in : problem instanceof OutOfReach ? told.say.no_network : problem.message, "error");
    part("sign-in").hidden = !signIn;
  }
  await draw();
}

for (const form of document.querySelectorAll("form[data-deed]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried(async () => {
      if (!(await one("jobs", key))) throw new Error(told.say.not_ready);
      await DEEDS[form.dataset.deed](form);
      say(told.say.signed);
    });
  });
}
for (const box of document.querySelectorAll("[data-rows]")) {
  const add = () => box.querySelector(".rows").append(box.querySelector("template").content.cloneNode(true));
  box.querySelector("[data-add]").addEventListener("click", add);
  box.addEventListener("click", (event) => event.target.matches("[data-drop]") && event.target.closest(".row").remove());
  if (box.hasAttribute("data-must")) add();
}
part("make").addEventListener("click", () =>
  tried(async () => {
    const form = document.querySelector('form[data-deed="record"]');
    form.notes.required = false;
    const whole = form.reportValidity();
    form.notes.required = true;
    if (whole) form.notes.value = textOf(fieldsOf(form), told.words);
  }),
);
part("anew").addEventListener("click", () =>
  tried(async () => {
    if (!confirm(told.say.anew)) return;
    part("ready").hidden = true; // nothing can be signed until the page is there again with a new key
    await letGo();
    location.reload();
  }),
);
part("send").addEventListener("click", () => tried(send));
part("submit").addEventListener("click", () => tried(submit));
const back = () => tried(async () => (await one("jobs", key)) && send());
addEventListener("online", back);
addEventListener("offline", () => {
  network.reached = false;
  draw();
});
setInterval(async () => {
  if (network.reached || !navigator.onLine) return;
  await ask(`${base}site/standing/`).catch(() => {});
  if (network.reached) await back();
}, TRY_AGAIN);

async function meet() {
  standing = await ask(`${base}site/standing/`);
  if (standing.over) {
    await letGo();
    throw new Error(`${told.say.over}${standing.state_label}`);
  }
  await takeJob();
  await keepPage();
}

tried(async () => {
  if (navigator.onLine) {
    await meet().catch((problem) => {
      if (!(problem instanceof OutOfReach)) throw problem;
    });
  }
  part("ready").hidden = !(await one("jobs", key)) || !(await caches.match(location.pathname));
});

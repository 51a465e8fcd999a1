// Sending what was queued: the items in their order, then the files that the office still misses. Sending twice does no harm.
import { all, keep, one } from "./store.js";

export class SignInFirst extends Error {}
export class OutOfReach extends Error {}

// Did the office answer when it was last asked? The browser only knows whether there is a link, not where it ends.
export const network = { reached: navigator.onLine };

export async function reach(address, init) {
  try {
    const answer = await fetch(address, init);
    network.reached = true;
    return answer;
  } catch {
    network.reached = false;
    throw new OutOfReach();
  }
}

export async function ask(address, body, type = "application/json") {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const headers = { Accept: "application/json", "X-CSRFToken": token ? token[1] : "", "Content-Type": type };
  const init = body === undefined ? { headers } : { method: "POST", headers, body };
  const answer = await reach(address, { ...init, redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect") throw new SignInFirst();
  const said = await answer.json();
  if (!answer.ok) throw new Error(document.documentElement.lang === "en" ? said.error_en : said.error);
  return said;
}

// Returns how the job stands; the outcome of each item is kept beside it.
export async function deliver(key, base) {
  const waiting = (await all("queue", key)).filter((item) => !["done", "known", "aside"].includes(item.outcome));
  const items = waiting.map(({ text, signature }) => ({ item: text, signature }));
  const told = await ask(`${base}site/items/`, JSON.stringify({ items }));
  for (const [place, { outcome, said }] of told.items.entries()) await keep(["queue", { ...waiting[place], outcome, said }]);
  let standing = told;
  for (const hash of told.missing) {
    const file = await one("files", [key, hash]);
    if (file) standing = await ask(`${base}file/${hash}/`, file.content, file.type);
  }
  return standing;
}

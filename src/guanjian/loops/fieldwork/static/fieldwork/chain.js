// Each thing done on site is signed with a key that never leaves this device, and names the hash of the one before it.
import { keep, one } from "./store.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const bytes = (text) => new TextEncoder().encode(text);
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

export async function hashOf(content) {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A new key for this job; the first item will point at the hash of its public part.
export async function newDevice(job, key) {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const open = await crypto.subtle.exportKey("raw", pair.publicKey);
  const head = await hashOf(open);
  return { key, job, device: head.slice(0, 16), last: head, seq: 0, pair, open: base64(open) };
}

// Sign the next item and keep it, with the rows that belong to it; one at a time, whatever is pressed.
export function sign(key, deed, facts, ...rows) {
  return navigator.locks.request("guanjian-fieldwork", async () => {
    const device = await one("jobs", key);
    const seq = device.seq + 1;
    const at = new Date().toISOString();
    const said = { job: device.job, device: device.device, seq, prev: device.last, at, do: deed, facts };
    const text = JSON.stringify(said);
    const signed = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, device.pair.privateKey, bytes(text));
    const item = { job: key, seq, deed, at, text, signature: base64(signed), outcome: "", said: "" };
    await keep(["queue", item], ["jobs", { ...device, seq, last: await hashOf(bytes(text)) }], ...rows);
    return item;
  });
}

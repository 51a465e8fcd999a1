// What this device keeps of a job until it is submitted: its key, the signed queue, the files, the places passed.
const STORES = { jobs: "key", queue: ["job", "seq"], files: ["job", "hash"], points: ["job", "at"] };

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("guanjian-fieldwork", 1);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, work) {
  const store = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const change = store.transaction(Object.keys(STORES), mode, { durability: "strict" });
      const asked = work((name) => change.objectStore(name));
      change.oncomplete = () => resolve(asked ? asked.result : undefined);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally {
    store.close();
  }
}

const ofJob = (job) => IDBKeyRange.bound([job], [job, []]);

export const one = (name, key) => within("readonly", (of) => of(name).get(key));
export const all = (name, job) => within("readonly", (of) => of(name).getAll(ofJob(job)));

// Several rows in one transaction: a signed item and what it speaks of are kept together or not at all.
export const keep = (...rows) =>
  within("readwrite", (of) => {
    for (const [name, row] of rows) of(name).put(row);
  });

export const forget = (job) =>
  within("readwrite", (of) => {
    of("jobs").delete(job);
    for (const name of ["queue", "files", "points"]) of(name).delete(ofJob(job));
  });

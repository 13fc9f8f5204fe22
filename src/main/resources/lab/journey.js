// Keeps the parts of a page that change up to date. Each carries data-live, the address of its
// newest form, and data-seen, what of it is shown; the server answers 204 while nothing is new.

const EVERY = 400; // milliseconds
const AFTER_DONE = 25; // looks after the end: the connection stays open a while for more mail

function show(part, fresh) {
  const known = new Set(Array.from(part.querySelectorAll("[data-event]"), idOf));
  for (const id of fresh.querySelectorAll("[data-event]")) {
    if (!known.has(idOf(id))) {
      id.closest("li")?.classList.add("fresh");
    }
  }
  part.dataset.seen = fresh.dataset.seen;
  part.dataset.done = fresh.dataset.done ?? "false";
  replaceChildren(part, fresh);
}

// An event's id is unique only within its domain.
function idOf(element) {
  return `${element.dataset.site} ${element.dataset.event}`;
}

// Leaves alone what did not change, so that a selection, a focus or a screen reader's place stays.
function replaceChildren(old, fresh) {
  const kept = new Map(Array.from(old.children).filter((e) => e.id).map((e) => [e.id, e]));
  // a copy: what is adopted leaves the list, and the next one would be passed over
  const children = [...fresh.childNodes].map((child) => {
    const before = child.id ? kept.get(child.id) : undefined;
    if (before === undefined || before.tagName !== child.tagName) {
      return document.adoptNode(child);
    }
    const list = child.id === "steps" || child.id === "head";
    if (list) {
      replaceChildren(before, child);
    } else if (!sameText(before, child)) {
      return document.adoptNode(child);
    }
    return before;
  });
  if (children.length !== old.childNodes.length || children.some((c, i) => c !== old.childNodes[i])) {
    old.replaceChildren(...children);
  }
}

function sameText(one, other) {
  return one.innerHTML.replaceAll(" fresh", "") === other.innerHTML.replaceAll(" fresh", "");
}

async function look(part) {
  const address = new URL(part.dataset.live, location.href);
  address.searchParams.set("seen", part.dataset.seen);
  const answer = await fetch(address);
  if (answer.status === 200) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (fresh) {
      show(part, fresh);
    }
  }
}

async function follow(part) {
  let left = AFTER_DONE;
  while (left > 0) {
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    if (document.hidden) {
      continue;
    }
    try {
      await look(part);
      document.body.classList.remove("lost");
    } catch {
      document.body.classList.add("lost"); // the lab stopped; it may come back at this address
    }
    left = part.dataset.done === "true" ? left - 1 : AFTER_DONE;
  }
}

document.querySelectorAll("[data-live]").forEach(follow);

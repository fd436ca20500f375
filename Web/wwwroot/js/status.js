// Keeps the footer's status line true while a page stays open.
const line = document.querySelector('[data-status-line]');

async function refresh() {
  if (document.visibilityState !== 'visible') {
    return;
  }

  try {
    const answer = await fetch(line.dataset.statusLine);
    if (answer.ok) {
      const fragment = new DOMParser().parseFromString(await answer.text(), 'text/html');
      line.replaceChildren(...fragment.body.childNodes);
    }
  } catch {
    // The store cannot be reached at all; the next round tries again.
  }
}

if (line) {
  setInterval(refresh, 15_000);
}

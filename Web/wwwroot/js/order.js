// Follows an order live: at each change the server's page is fetched and its live part put in place, so that there is one rendering.

const page = document.querySelector('[data-order]');
const mark = document.querySelector('[data-live-mark]');
const final = new Set(['delivered', 'completed', 'rejected', 'cancelled', 'partiallyRefunded', 'refunded']);
let shown = page?.dataset.version;
let work = Promise.resolve();

async function show() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
  if (!answer.ok) {
    return;
  }

  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const part = fresh.querySelector('[data-live-part]');
  if (part) {
    const headline = page.querySelector('[aria-live]');
    const words = part.querySelector('[aria-live]');
    page.querySelector('[data-live-part]').replaceWith(part);
    // The element that announces must be the one that was there.
    if (headline && words) {
      const text = words.textContent;
      words.replaceWith(headline);
      headline.textContent = text;
    }
    page.dispatchEvent(new Event('store:shown', { bubbles: true }));
    shown = fresh.querySelector('[data-version]')?.dataset.version ?? shown;
  }
}

// The stream ends with the order. Money that is still on its way back then is looked for a few times, each a little later.
async function settle(wait) {
  if (wait < 60_000 && page.querySelector('[data-settling]')) {
    await new Promise((done) => setTimeout(done, wait));
    await show();
    await settle(2 * wait);
  }
}

function follow(address) {
  const events = new EventSource(address);
  events.addEventListener('open', () => (mark.hidden = false));
  events.addEventListener('error', () => (mark.hidden = true));
  events.addEventListener('order', (event) => {
    const order = JSON.parse(event.data);
    if (final.has(order.status)) {
      events.close();
      mark.hidden = true;
    }

    work = work.then(async () => {
      if (shown !== Date.parse(order.updatedAt) + order.status || final.has(order.status)) {
        await show();
      }
      if (final.has(order.status)) {
        await settle(1_000);
      }
    });
  });
}

if (page?.dataset.live) {
  follow(page.dataset.live);
} else if (page) {
  settle(1_000);
}

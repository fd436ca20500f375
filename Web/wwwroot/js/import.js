// Follows an import: each second the server's page is fetched and its live part put in place, so that there is one rendering.

async function follow() {
  const part = document.querySelector('[data-live-part="open"]');
  if (!part) {
    return;
  }

  try {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live-part]');
    if (fresh) {
      part.replaceWith(fresh);
      fresh.dispatchEvent(new Event('store:shown', { bubbles: true }));
    }
  } catch {
    // The store cannot be reached; the next round tries again.
  }

  setTimeout(follow, 1_000);
}

setTimeout(follow, 1_000);

// Filters that take effect at once: the form's address is fetched, and the parts of the page that depend on it are put in place. The form
// stays, so that focus and open groups stay. Without this module the form is sent by its button.
const form = document.getElementById('filters');
const wide = matchMedia('(min-width: 901px)');
let pending;

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== '') {
      query.append(name, value);
    }
  }
  return `${form.action}?${query}`;
}

function put(page) {
  document.title = page.title;
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = page.querySelector(`[data-live="${part.dataset.live}"]`);
    part.replaceChildren(...(next?.childNodes ?? []));
  }
  document.querySelector('h1').firstChild.textContent = page.querySelector('h1')?.firstChild.textContent ?? '';

  const counts = new Map();
  for (const box of page.querySelectorAll('#filters input[type=checkbox]')) {
    counts.set(`${box.name}=${box.value}`, box.closest('label').querySelector('.check-count')?.textContent);
  }
  for (const box of form.querySelectorAll('input[type=checkbox]')) {
    const count = box.closest('label').querySelector('.check-count');
    if (count) {
      count.textContent = counts.get(`${box.name}=${box.value}`) ?? '0';
    }
  }
}

async function apply() {
  pending?.abort();
  pending = new AbortController();
  const target = address();
  try {
    const answer = await fetch(target, { signal: pending.signal });
    put(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    history.pushState(null, '', target);
  } catch (error) {
    if (error.name !== 'AbortError') {
      location.assign(target);
    }
  }
}

if (form) {
  form.classList.add('enhanced');
  for (const field of form.elements) {
    field.addEventListener('change', apply);
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    document.querySelector('.filters-toggle').open = false;
    if (wide.matches) {
      apply();
    } else {
      location.assign(address());
    }
  });
  addEventListener('popstate', () => location.reload());
}

// Suggestions under the search field: a combobox with a listbox, moved by the arrow keys. Without it, the form searches all the same.
const input = document.querySelector('[data-suggest]');
const list = input && document.getElementById(input.dataset.suggest);
let chosen = -1;
let pending;
let timer;

function close() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function choose(index) {
  const options = [...list.children];
  chosen = options.length ? (index + options.length) % options.length : -1;
  options.forEach((option, at) => option.setAttribute('aria-selected', at === chosen));
  if (chosen >= 0) {
    input.setAttribute('aria-activedescendant', options[chosen].id);
  }
}

function text(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

function marked(tag, words, ranges) {
  const element = document.createElement(tag);
  let end = 0;
  for (const { start, length } of ranges) {
    element.append(words.slice(end, start), text('mark', words.slice(start, start + length)));
    end = start + length;
  }

  element.append(words.slice(end));
  return element;
}

// Where two of the suggestions have one name, the year tells them apart.
function yearOf(item, items) {
  const twice = items.some((other) => other !== item && other.name === item.name);
  return twice && item.releaseDate ? ` (${item.releaseDate.slice(0, 4)})` : '';
}

function priceOf({ amount, currency }) {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return amount === 0 ? 'Free' : format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

function show(items) {
  list.replaceChildren(
    ...items.map((item, index) => {
      const option = document.createElement('li');
      option.id = `suggestion-${index}`;
      option.role = 'option';
      option.dataset.href = `/product/${item.slug}`;
      const picture = document.createElement('img');
      picture.src = item.imageUrl;
      picture.alt = '';
      const name = marked('b', item.name, item.highlights ?? []);
      if (item.nameLanguage) {
        name.lang = item.nameLanguage;
      }

      name.append(yearOf(item, items));
      option.append(picture, name, text('small', priceOf(item.price)));
      return option;
    }),
  );
  chosen = -1;
  list.hidden = items.length === 0;
  input.setAttribute('aria-expanded', String(items.length > 0));
  input.removeAttribute('aria-activedescendant');
}

async function suggest() {
  pending?.abort();
  const words = input.value.trim();
  if (words.length < 2) {
    close();
    return;
  }

  pending = new AbortController();
  try {
    const answer = await fetch(`/api/products/suggest?q=${encodeURIComponent(words)}&region=${input.dataset.region}&language=${input.dataset.language}`, { signal: pending.signal });
    show(answer.ok ? (await answer.json()).items : []);
  } catch (error) {
    if (error.name !== 'AbortError') {
      close();
    }
  }
}

if (input) {
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  })) {
    input.setAttribute(name, value);
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 120);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!list.hidden) {
        choose(event.key === 'ArrowDown' ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
        event.preventDefault();
      }
    } else if (event.key === 'Enter' && chosen >= 0) {
      location.assign(list.children[chosen].dataset.href);
      event.preventDefault();
    }
  });
  input.addEventListener('blur', () => setTimeout(close, 150));
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('li');
    if (option) {
      location.assign(option.dataset.href);
      event.preventDefault();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.target.closest('input, textarea, select, [contenteditable]')) {
      input.focus();
      event.preventDefault();
    }
  });
}

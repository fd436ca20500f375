// Small comforts of every page. Without them, all works by plain forms and links.

const own = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const formats = { moment: own, short: day, time: clock };

// The server writes instants in UTC; the shopper reads them in their own time.
function localTimes(root) {
  for (const time of root.querySelectorAll('time[data-local]')) {
    time.textContent = formats[time.dataset.local].format(new Date(time.dateTime));
  }
}

localTimes(document);
document.addEventListener('store:shown', (event) => localTimes(event.target));

// A second click on a button that is already at work does nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.hasAttribute('data-once')) {
    return;
  }

  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }

  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-busy', 'true');
});

// The Back button shows a page as it was left, and its forms work again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
  }
  for (const button of document.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy');
  }
});

// The button that the mouse or a finger is down on. Pressing it moves the focus, and that is when a field that was typed in tells its change.
let pressed = null;
document.addEventListener('mousedown', (event) => {
  pressed = event.target.closest('button');
});
document.addEventListener('mouseup', () => {
  pressed = null;
});

document.addEventListener('change', (event) => {
  const form = event.target.form;
  if (!form?.hasAttribute('data-submit-on-change')) {
    return;
  }

  const submit = () => form.reportValidity() && form.requestSubmit();
  const button = pressed;
  if (button?.form !== form) {
    submit();
    return;
  }

  // The click that follows sends the form by its button; a page that came before it would swallow the click.
  document.addEventListener('mouseup', (up) => button.contains(up.target) || submit(), { once: true });
});

// A choice that changes a total presses the button that shows it, which is then not needed.
for (const button of document.querySelectorAll('[data-pressed]')) {
  button.hidden = true;
}

document.addEventListener('change', (event) => {
  const button = document.getElementById(event.target.closest('[data-press]')?.dataset.press);
  if (button && !pressed) {
    button.form.requestSubmit(button);
  }
});

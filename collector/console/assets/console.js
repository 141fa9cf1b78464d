/* What pages do beyond reading. Everything works without it; nothing here knows what a page is about. */
(() => {
  const zh = document.documentElement.lang.startsWith('zh');
  const say = (chinese, english) => (zh ? chinese : english);
  const year = 31_536_000;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const remember = (name, value) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that our readers have
    document.cookie = `${name}=${value}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
  };

  // The reader's zone: the server writes times in it from the next page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`xunjian-zone=${zone}`)) remember('xunjian-zone', zone);

  const theme = document.querySelector('[data-theme-next]');
  if (theme) {
    theme.hidden = false;
    theme.addEventListener('click', () => {
      const root = document.documentElement;
      const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = isDark ? 'light' : 'dark';
      remember('xunjian-theme', root.dataset.theme);
    });
  }

  // Copying
  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    const before = button.textContent;
    button.textContent = say('已复制', 'copied');
    setTimeout(() => {
      button.textContent = before;
    }, 2_000);
  }
  function dress(root) {
    for (const code of root.querySelectorAll('code[data-copy]')) {
      if (code.nextElementSibling?.classList.contains('copy')) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'plain copy';
      button.textContent = say('复制', 'copy');
      button.setAttribute('aria-label', `${say('复制命令', 'copy the command')} ${code.textContent}`);
      button.addEventListener('click', () => void copy(code.textContent, button));
      code.after(button);
    }
    for (const button of root.querySelectorAll('[data-copy-block]')) {
      button.hidden = false;
      button.addEventListener('click', () => void copy(button.parentElement.querySelector('code').textContent, button));
    }
    for (const all of root.querySelectorAll('[data-pick-all]'))
      all.addEventListener('change', () => {
        for (const box of document.querySelectorAll('input[data-pick]')) box.checked = all.checked;
        picked();
      });
    for (const box of root.querySelectorAll('input[data-pick]')) box.addEventListener('change', picked);
    reachable(root);
    countDown();
  }
  /** What scrolls can be reached and scrolled with the keyboard. */
  function reachable(root) {
    for (const one of root.querySelectorAll('.scroll, .picture, .disclosed, pre'))
      if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
      else if (!one.matches('pre')) one.removeAttribute('tabindex');
  }
  addEventListener('resize', () => reachable(document));
  document.addEventListener('toggle', () => reachable(document), true);
  function picked() {
    const count = document.querySelectorAll('input[data-pick]:checked').length;
    for (const place of document.querySelectorAll('[data-picked]')) place.textContent = String(count);
  }
  document.addEventListener('submit', (event) => {
    const form = event.target;
    // Empty fields do not stand in the address.
    if (form.matches('form[data-filters]')) for (const field of form.elements) if (field.name && field.value === '') field.disabled = true;
    const question = form.dataset.confirm;
    if (question && !confirm(question)) {
      event.preventDefault();
      return;
    }
    if (form.method === 'post') for (const button of form.querySelectorAll('button')) setTimeout(() => (button.disabled = true), 0);
  });
  addEventListener('pageshow', () => {
    for (const one of document.querySelectorAll('form :disabled')) one.disabled = false;
  });

  // Countdowns: the server has written what is left; here it goes on.
  const lag = Number(document.querySelector('[data-now]')?.dataset.now ?? Date.now()) - Date.now();
  const units = [
    [86_400, say('天', 'd')],
    [3_600, say('小时', 'h')],
    [60, say('分', 'min')],
    [1, say('秒', 's')],
  ];
  function words(seconds) {
    const parts = [];
    let rest = Math.abs(seconds);
    const first = units.findIndex(([size]) => rest >= size);
    if (first < 0) return `0 ${units[3][1]}`;
    for (const [size, unit] of units.slice(first, first + 2)) {
      const whole = Math.floor(rest / size);
      rest -= whole * size;
      if (whole > 0) parts.push(`${whole} ${unit}`);
    }
    return parts.join(' ');
  }
  function countDown() {
    const now = Date.now() + lag;
    for (const one of document.querySelectorAll('[data-due]')) {
      const seconds = Math.round((Number(one.dataset.due) - now) / 1_000);
      one.textContent = seconds >= 0 ? say(`还剩 ${words(seconds)}`, `${words(seconds)} left`) : say(`已超过 ${words(seconds)}`, `${words(seconds)} over`);
      one.classList.toggle('soon', seconds < 1_800);
    }
  }
  setInterval(countDown, 1_000);

  // Live pages: told that something changed, they fetch themselves and exchange what is fresh.
  const main = document.querySelector('main[data-live]');
  let isFetching = false;
  /** Somebody is in the middle of something that an exchange would lose. */
  function isBusy() {
    const active = document.activeElement?.closest('form, dialog, details[open]');
    return isFetching || document.hidden || Boolean(active) || document.querySelector('input[data-pick]:checked, details.button-like[open]') !== null;
  }
  async function refresh() {
    if (isBusy()) return;
    isFetching = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, credentials: 'same-origin', redirect: 'error' });
      if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      // the next event tries again
    } finally {
      isFetching = false;
    }
  }
  function exchange(next) {
    for (const old of document.querySelectorAll('[data-fresh]')) {
      const fresh = next.querySelector(`[data-fresh="${old.dataset.fresh}"]`);
      if (!fresh || fresh.innerHTML === old.dataset.seen) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
      old.dataset.seen = fresh.innerHTML;
      old.replaceChildren(...fresh.childNodes);
      dress(old);
      if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  }
  if (main && 'EventSource' in window) {
    let timer;
    const events = new EventSource(main.dataset.live);
    events.addEventListener('change', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), 300);
    });
    addEventListener('pagehide', () => events.close());
  }
  // A report that is being made
  const job = document.querySelector('[data-progress]');
  if (job && 'EventSource' in window) {
    const events = new EventSource(job.dataset.progress);
    const bar = job.querySelector('progress');
    events.addEventListener('progress', (event) => {
      const { progress } = JSON.parse(event.data);
      if (bar && progress > 0) bar.value = progress;
    });
    events.addEventListener('end', () => {
      events.close();
      location.reload();
    });
    addEventListener('pagehide', () => events.close());
  }

  // Keyboard
  const help = document.getElementById('help');
  const helpButton = document.querySelector('[data-help]');
  if (help && helpButton) {
    helpButton.hidden = false;
    helpButton.addEventListener('click', () => help.showModal());
  }
  // Single keys can be switched off (WCAG 2.1.4).
  const keysOff = 'xunjian-keys-off';
  const keysBox = document.querySelector('[data-keys]');
  if (keysBox) {
    keysBox.checked = localStorage.getItem(keysOff) === null;
    keysBox.addEventListener('change', () => (keysBox.checked ? localStorage.removeItem(keysOff) : localStorage.setItem(keysOff, '1')));
  }
  let row = -1;
  let isGoing = false;
  function rows() {
    return [...document.querySelectorAll('main tbody tr[data-row], main .tile')];
  }
  function move(step) {
    const all = rows();
    if (all.length === 0) return;
    all[row]?.classList.remove('current');
    row = Math.min(all.length - 1, Math.max(0, row + step));
    const one = all[row];
    one.classList.add('current');
    one.scrollIntoView({ block: 'nearest' });
    one.querySelector('a')?.focus({ preventScroll: true });
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, dialog') || localStorage.getItem(keysOff) !== null) return;
    if (isGoing) {
      isGoing = false;
      const where = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (where) location.assign(where.href);
      return;
    }
    const current = rows()[row];
    const acts = {
      '/': () => document.querySelector('main input[type=search]')?.focus(),
      j: () => move(1),
      k: () => move(-1),
      g: () => {
        isGoing = true;
        setTimeout(() => (isGoing = false), 1_500);
      },
      x: () => current?.querySelector('input[data-pick]')?.click(),
      a: () => (document.querySelector('[data-key=a] button') ?? current?.querySelector('[data-key=a] button'))?.click(),
      c: () => document.querySelector('main [data-comment] textarea, main textarea[name=text]')?.focus(),
      '?': () => help?.showModal(),
    };
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
  dress(document);
})();

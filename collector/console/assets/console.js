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

  /** What `j` and `k` go through. */
  const ROWS = 'main tbody tr[data-row], main .tile';

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
    picked();
    countDown();
  }
  /** What scrolls can be reached and scrolled with the keyboard. */
  function reachable(root) {
    for (const one of root.querySelectorAll('.scroll, .picture, .disclosed, pre'))
      if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
      else if (!one.matches('pre')) one.removeAttribute('tabindex');
  }
  /** What gets the focus is scrolled clear of the bar at the bottom, however many lines it takes. */
  function clearOfBar() {
    const bar = document.querySelector('.stick');
    document.documentElement.style.scrollPaddingBottom = bar && getComputedStyle(bar).position === 'sticky' ? `${bar.offsetHeight + 8}px` : '';
  }
  addEventListener('resize', () => {
    reachable(document);
    clearOfBar();
  });
  document.addEventListener('toggle', () => reachable(document), true);
  function picked() {
    const count = document.querySelectorAll('input[data-pick]:checked').length;
    for (const place of document.querySelectorAll('[data-picked]')) place.textContent = String(count);
    clearOfBar();
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
  let quietUntil = 0;
  /** Something changed that the page does not show yet. */
  let isStale = false;
  const isChanged = (field) => {
    if (field.type === 'hidden' || field.matches('button')) return false;
    if (field.matches('input[type=checkbox], input[type=radio]')) return field.checked !== field.defaultChecked;
    if (!field.matches('select')) return field.value !== field.defaultValue;
    const begin = [...field.options].findIndex((one) => one.defaultSelected);
    return field.selectedIndex !== Math.max(0, begin);
  };
  /** Somebody is in the middle of something there that an exchange would lose. */
  function isBusy(area) {
    const active = document.activeElement;
    if (area.contains(active) && active.closest('form, dialog, button, [contenteditable]')) return true;
    const chosen = getSelection();
    if (chosen && !chosen.isCollapsed && area.contains(chosen.anchorNode)) return true;
    return area.querySelector('input[data-pick]:checked') !== null;
  }
  async function refresh() {
    if (isFetching || document.hidden || Date.now() < quietUntil) return;
    isFetching = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, credentials: 'same-origin', redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      quietUntil = Date.now() + 15_000; // signed out, or the collector is away
    } finally {
      isFetching = false;
    }
  }
  /** What is shown must not contradict itself: everything that is fresh changes, or says that it waits. */
  function exchange(next) {
    isStale = false;
    for (const old of document.querySelectorAll('[data-fresh]')) {
      const fresh = next.querySelector(`[data-fresh="${old.dataset.fresh}"]`);
      if (!fresh || fresh.innerHTML === old.dataset.seen) continue;
      if (isBusy(old)) isStale = true;
      else replace(old, fresh);
    }
    document.title = next.title;
    waiting.hidden = !isStale;
  }
  function replace(old, fresh) {
    old.dataset.seen = fresh.innerHTML;
    const keep = keeper(old);
    old.replaceChildren(...fresh.childNodes);
    dress(old);
    keep();
  }
  const summariesOf = (area) => [...area.querySelectorAll('details > summary')];
  const nameOf = (area, summary) => {
    const same = summariesOf(area).filter((one) => one.textContent === summary.textContent);
    return `${same.indexOf(summary)} ${summary.textContent}`;
  };
  /** A form by what it does: its address, its act, and which of those. */
  function formsOf(area) {
    const seen = new Map();
    return [...area.querySelectorAll('form')].map((form) => {
      const what = `${form.getAttribute('action')} ${form.querySelector('input[type=hidden][name=act]')?.value ?? ''}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
      return [`${what} ${seen.get(what)}`, form];
    });
  }
  /** What a reader has done to an area, to be done again to the one that takes its place: opened, written, chosen, selected. */
  function keeper(area) {
    const open = new Set(summariesOf(area).flatMap((one) => (one.parentElement.open ? [nameOf(area, one)] : [])));
    const written = formsOf(area).map(([name, form]) => [name, [...form.elements].filter((field) => field.name && isChanged(field))]);
    const active = area.contains(document.activeElement) ? document.activeElement : null;
    const summary = active?.matches('summary') ? nameOf(area, active) : undefined;
    const row = currentRow();
    const selected = row && area.contains(row) ? linkOf(row) : null;
    return () => {
      const linked = (href) => href && area.querySelector(`a[href="${CSS.escape(href)}"]`);
      for (const one of summariesOf(area)) if (open.has(nameOf(area, one))) one.parentElement.open = true;
      const forms = new Map(formsOf(area));
      for (const [name, fields] of written) for (const old of fields) rewrite(forms.get(name), old);
      linked(selected)?.closest(ROWS)?.classList.add('current');
      const focused = linked(active?.getAttribute('href')) ?? summariesOf(area).find((one) => summary !== undefined && nameOf(area, one) === summary);
      focused?.focus({ preventScroll: true });
    };
  }
  const linkOf = (row) => row.querySelector('a')?.getAttribute('href') ?? null;
  function rewrite(form, old) {
    for (const field of form?.elements ?? []) {
      if (field.name !== old.name) continue;
      if (old.type === 'radio' || old.type === 'checkbox') field.checked = old.type === 'radio' ? field.value === old.value : old.checked;
      else field.value = old.value;
    }
  }
  const waiting = document.createElement('p');
  waiting.className = 'waiting';
  waiting.setAttribute('role', 'status');
  waiting.hidden = true;
  waiting.textContent = say('有更新，您完成后显示', 'Something changed: shown when you are done');
  if (main) {
    main.append(waiting);
    let timer;
    const changed = () => {
      isStale = true;
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), 300);
    };
    // What could not be shown at once is, as soon as nobody is in the middle of anything.
    setInterval(() => {
      if (isStale && ![...document.querySelectorAll('[data-fresh]')].some(isBusy)) void refresh();
    }, 2_000);
    follow(main.dataset.live, main.dataset.liveWorker, changed);
  }
  /** One connection for all open pages where the browser can share it; else one each, while the page is seen: browsers allow six. */
  function follow(address, worker, changed) {
    if (worker && 'SharedWorker' in window) {
      const { port } = new SharedWorker(worker);
      port.addEventListener('message', changed);
      port.start();
      port.postMessage('follow');
      addEventListener('pagehide', () => port.postMessage('leave'));
      addEventListener('pageshow', ({ persisted }) => {
        if (!persisted) return;
        port.postMessage('follow');
        changed();
      });
      document.addEventListener('visibilitychange', () => !document.hidden && isStale && changed());
    } else whileSeen(address, (events) => events.addEventListener('change', changed), changed);
  }
  /** @param returned called when the page is seen again: what happened meanwhile was not heard */
  function whileSeen(address, begin, returned) {
    if (!('EventSource' in window)) return () => undefined;
    let events;
    let isOver = false;
    const turn = (isSeen) => {
      if (!isSeen || isOver) {
        events?.close();
        events = undefined;
      } else if (!events) {
        events = new EventSource(address);
        begin(events);
      }
    };
    turn(!document.hidden);
    document.addEventListener('visibilitychange', () => {
      turn(!document.hidden);
      if (!document.hidden && !isOver) returned?.();
    });
    addEventListener('pagehide', () => turn(false));
    addEventListener('pageshow', ({ persisted }) => persisted && turn(true));
    return () => {
      isOver = true;
      turn(false);
    };
  }
  // A report that is being made
  const job = document.querySelector('[data-progress]');
  if (job) {
    const bar = job.querySelector('progress');
    const end = whileSeen(job.dataset.progress, (events) => {
      events.addEventListener('progress', (event) => {
        const { progress } = JSON.parse(event.data);
        if (bar && progress > 0) bar.value = progress;
      });
      events.addEventListener('end', () => {
        end();
        location.reload();
      });
    });
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
  let isGoing = false;
  function rows() {
    return [...document.querySelectorAll(ROWS)];
  }
  function currentRow() {
    return document.querySelector('.current:is(tr, .tile)');
  }
  function select(one) {
    currentRow()?.classList.remove('current');
    one?.classList.add('current');
  }
  // The row that has the focus is the selected one, however the focus came there.
  document.addEventListener('focusin', (event) => {
    const one = event.target.closest(ROWS);
    if (one) select(one);
  });
  function move(step) {
    const all = rows();
    if (all.length === 0) return;
    const from = all.indexOf(currentRow());
    const one = all[Math.min(all.length - 1, Math.max(0, from + step))];
    select(one);
    one.scrollIntoView({ block: 'nearest' });
    one.querySelector('a')?.focus({ preventScroll: true });
  }
  /** In a list only the selected row's; elsewhere the page's own. */
  function acknowledge() {
    const own = [...document.querySelectorAll('main [data-key=a] button')].find((one) => !one.closest(ROWS));
    (currentRow()?.querySelector('[data-key=a] button') ?? own)?.click();
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
    const current = currentRow();
    const acts = {
      '/': () => document.querySelector('main input[type=search]')?.focus(),
      j: () => move(1),
      k: () => move(-1),
      g: () => {
        isGoing = true;
        setTimeout(() => (isGoing = false), 1_500);
      },
      x: () => current?.querySelector('input[data-pick]')?.click(),
      a: acknowledge,
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

/* One connection to the collector for all open pages of the console: browsers allow six to a host, and pages are kept open by the dozen. */
(() => {
  const pages = new Set();
  const AGAIN_MS = 30_000;
  /** A page that was drawn just before a change may begin to listen just after it. */
  const JUST_NOW_MS = 10_000;
  let events;
  let changedAt = 0;
  function listen() {
    if (events || pages.size === 0) return;
    events = new EventSource('/live');
    events.addEventListener('change', () => {
      changedAt = Date.now();
      for (const page of pages) page.postMessage('change');
    });
    events.addEventListener('error', () => {
      // A lost connection is made again by the browser; one that was refused (signed out) is not.
      if (events?.readyState !== EventSource.CLOSED) return;
      events = undefined;
      setTimeout(listen, AGAIN_MS);
    });
  }
  self.addEventListener('connect', (event) => {
    const [page] = event.ports;
    page.addEventListener('message', ({ data }) => {
      if (data === 'follow') {
        pages.add(page);
        if (Date.now() - changedAt < JUST_NOW_MS) page.postMessage('change');
        listen();
        return;
      }
      pages.delete(page);
      if (pages.size > 0) return;
      events?.close();
      events = undefined;
    });
    page.start();
  });
})();

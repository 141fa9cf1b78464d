/** What people type into a search field, as words that each have to be found. */
/** Few and short; `%` and `_` find everything, so they are left out. Objects are written `namespace/name` and `node:name`: their parts are words. */
export function wordsOf(search = ''): readonly string[] {
  return search
    .toLowerCase()
    .slice(0, 200)
    .replaceAll(/[%_\\#/:]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);
}

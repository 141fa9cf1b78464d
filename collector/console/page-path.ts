/**
 * Addresses of pages that a sign-in may lead back to: ours, by path, with a plain query. `//host`, backslashes, dots as segments and
 * everything that could lead to another site are none of them.
 */
export const PAGE_PATH =
  /^\/(?:(?:incidents|clusters|findings|reports|admin|privacy|calendar|account)(?:\/[\w-]{1,80}){0,5})?(?:\?[\w-]{1,40}=[\w%.:+,-]{0,300}(?:&[\w-]{1,40}=[\w%.:+,-]{0,300}){0,20})?$/;

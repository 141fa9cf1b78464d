/** Tells whether an environment variable holds a credential in clear. The value is looked at here and goes nowhere. */

const CREDENTIAL = /(^|[_.-])(pass|passwd|passphrase|pwd|secret|token|credentials?|(api|access|private|secret|encryption|signing|auth)[_.-]?key)([_.-]|$)|password|passwd/i;
/** Names that speak of a credential without holding one: where it lies, how long it lives, who issues it. */
const ABOUT_ONE =
  /(^|[_.-])(file|path|dir|name|url|uri|endpoint|host|ttl|expir\w{0,10}|enabled?|disabled?|required|length|size|timeout|seconds|minutes|hours|days|issuer|audience|type|header|algorithm|count|limit|ref|policy|mount|provider|id)$|^(enable|disable|use|allow|require)[_.-]/i;
/** Values that cannot be a credential: empty, a switch, a short number, a reference to another variable, a path. */
const HARMLESS = /^\s*$|^(true|false|yes|no|on|off|none|null|disabled|enabled)$|^\d{1,3}$|^\$\([^)]{1,253}\)$|^\.{0,2}\/|^file:/i;

/** @param name of the variable  @param value its literal value; `undefined` when it comes from elsewhere */
export function isCredential(name: string, value: string | undefined): boolean {
  if (value === undefined || name.length > 512) return false;
  return CREDENTIAL.test(name) && !ABOUT_ONE.test(name) && !HARMLESS.test(value.slice(0, 1_024));
}

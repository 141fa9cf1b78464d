/** A form that was refused: drawn again on its page, open and as it was entered, with what is wrong beside each field. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { escapeHtml, html, type Markup, type Part, trusted } from '../../reports/renderers/markup.ts';
import type { AppError } from '../errors.ts';
import { ERROR_WORDS } from './words/notices.ts';

export interface Fault {
  /** Dotted, as the schema or the domain names it. */
  readonly path: string;
  readonly text: Text | undefined;
  /** The form's own name for its field, not the domain's. */
  readonly isOwn: boolean;
}
export interface Refusal {
  /** Path that the form was sent to. */
  readonly action: string;
  readonly entered: Readonly<Record<string, string>>;
  readonly error: AppError;
  readonly faults: readonly Fault[];
  /** Names that the domain gives to fields that the form calls otherwise. */
  readonly names: Readonly<Record<string, string>>;
  /** Filled while the page is drawn: labels of the fields that are at fault, by their path. */
  readonly labels: Map<string, string>;
  isShown: boolean;
}

/** What was sent, as texts; nothing else can be shown again. */
export function enteredOf(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' && name !== '_csrf' ? [[name, value] as const] : [])));
}

/** Every fault that an error names. */
export function faultsOf({ details, text }: AppError): readonly Fault[] {
  const listed = [details?.['faults'], details?.['fields']].find((one) => Array.isArray(one) && one.some((fault) => typeof fault === 'object')) as readonly unknown[] | undefined;
  if (listed !== undefined) return listed.flatMap((one) => faultOf(one) ?? []);
  const field = details?.['field'];
  return typeof field === 'string' ? [faultOf({ path: field, text })].flatMap((one) => one ?? []) : [];
}
function faultOf(one: unknown): Fault | undefined {
  const { path, text } = (one ?? {}) as { readonly path?: unknown; readonly text?: Text };
  return typeof path === 'string' ? { path: path.replace(/^body\./, ''), text, isOwn: path.startsWith('body.') } : undefined;
}

const LABELS = /<label class="(?:field|field wide|check)">.*?<\/label>/gs;
const HIDDEN = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g;
const NAME = /<(?:input|select|textarea)[^>]* name="([^"]*)"|<(?:select|textarea) name="([^"]*)"/;

/** Whether these are the fields of the form that was refused: several forms may be sent to one path. */
function isRefused({ entered }: Refusal, fields: string): boolean {
  return [...fields.matchAll(HIDDEN)].every(([, name = '', value = '']) => name === 'version' || escapeHtml(entered[name] ?? '') === value);
}

/** The fields of a form as they were entered. @returns nothing when another form was refused */
export function refilled(refusal: Refusal, action: string, fields: Markup, locale: Locale): Markup | undefined {
  const { text } = fields;
  if (refusal.isShown || (action !== refusal.action && !text.includes(`formaction="${refusal.action}"`)) || !isRefused(refusal, text)) return undefined;
  refusal.isShown = true;
  const names = new Set([...text.matchAll(LABELS)].map(([label]) => nameOf(label)));
  const places = new Map<string, Fault>();
  for (const fault of refusal.faults) {
    const segments = fault.path.split('.');
    const known: Refusal['names'] = fault.isOwn ? {} : refusal.names;
    const name = [known[fault.path], fault.path, ...segments.map((one) => known[one] ?? one)].find((one) => one !== undefined && names.has(one));
    if (name !== undefined && !places.has(name)) places.set(name, fault);
  }
  const [first] = places.keys();
  return trusted(text.replace(LABELS, (label) => field(label, refusal, { fault: places.get(nameOf(label)), isFirst: nameOf(label) === first, locale })));
}
function nameOf(label: string): string {
  const found = NAME.exec(label);
  return found?.[1] ?? found?.[2] ?? '';
}

function field(label: string, refusal: Refusal, { fault, isFirst, locale }: { readonly fault: Fault | undefined; readonly isFirst: boolean; readonly locale: Locale }): string {
  const name = nameOf(label);
  const filled = withValue(label, escapeHtml(refusal.entered[name] ?? ''));
  if (fault === undefined) return filled;
  refusal.labels.set(fault.path, /<span>(.*?)<\/span>/s.exec(label)?.[1] ?? name);
  const words = fault.text?.[locale] ?? ERROR_WORDS.invalid[locale];
  const marks = html` aria-invalid="true" aria-describedby="fault-${name}"`.text + (isFirst ? ' autofocus' : '');
  return filled
    .replace(/<(input|select|textarea)\b/, (tag) => `${tag}${marks}`)
    .replace(/<\/label>$/, () => html`<small class="fault" id="fault-${name}">■ ${words}</small></label>`.text);
}
/** Passwords are not shown again. @param value escaped */
function withValue(label: string, value: string): string {
  if (label.includes(' type="password"')) return label;
  if (label.includes(' type="checkbox"')) return label.replace(' checked', '').replace(/ value="([^"]*)"/, (whole, own: string) => `${whole}${own === value ? ' checked' : ''}`);
  if (label.includes('<textarea')) return label.replace(/(<textarea[^>]*>).*?(<\/textarea>)/s, (_whole, begin: string, end: string) => `${begin}${value}${end}`);
  if (label.includes('<select'))
    return label.replaceAll(' selected', '').replace(/<option value="([^"]*)"/g, (whole, own: string) => `${whole}${own === value ? ' selected' : ''}`);
  return label.replace(/ value="[^"]*"/, () => ` value="${value}"`);
}

/** Above the page: everything that is wrong, by the names that the fields have there. */
export function refusedNotice({ error, faults, labels }: Refusal, locale: Locale): Part {
  const lines = faults.slice(0, 20).map(({ path, text }) => {
    const words = text?.[locale] ?? '';
    const label = labels.get(path);
    if (label === undefined) return html`<li>${words === '' ? ERROR_WORDS.invalid[locale] : words}</li>`;
    return html`<li>${trusted(label)}${words !== '' && `${locale === 'zh' ? '：' : ': '}${words}`}</li>`;
  });
  if (lines.length === 0) return html`<p class="notice bad" role="alert">■ ${error.text?.[locale] ?? ERROR_WORDS[error.code][locale]}</p>`;
  return html`<div class="notice bad" role="alert"><p>■ ${locale === 'zh' ? '没有保存，请改正：' : 'Nothing was saved. Please correct:'}</p><ul>${lines}</ul></div>`;
}

/** Forms: every field with its label, every form with the token of the session. */
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { refilled } from '../refused.ts';
import type { View } from '../view.ts';

export interface FormOptions {
  readonly class?: string;
  /** Asked before it is sent; names the thing. */
  readonly confirm?: string;
  readonly id?: string;
  readonly danger?: boolean;
  readonly plain?: boolean;
  /** Not the first thing to do on its page. */
  readonly second?: boolean;
}
/** A form that posts. @param button its words */
export function form(view: View, action: string, fields: Part, button: string, options: FormOptions = {}): Markup {
  const again = view.refused && refilled(view.refused, action, html`${fields}`, view.locale);
  const classes = options.danger ? 'danger' : options.plain ? 'plain' : options.second ? 'second' : '';
  return html`<form method="post" action="${action}"${again && html` data-refused`}${options.class && html` class="${options.class}"`}${options.id && html` id="${options.id}"`}${options.confirm && html` data-confirm="${options.confirm}"`}><input type="hidden" name="_csrf" value="${view.csrf}">${again ?? fields}<button class="${classes}">${button}</button></form>`;
}
export function hidden(name: string, value: string | number): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

export interface FieldOptions {
  readonly value?: string | number | undefined;
  readonly type?: 'text' | 'email' | 'number' | 'date' | 'datetime-local' | 'password' | 'url' | 'search';
  readonly required?: boolean;
  readonly max?: number;
  readonly min?: number;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly list?: readonly string[];
}
export function field(label: string, name: string, options: FieldOptions = {}): Markup {
  const { type = 'text', value, required, max, min, placeholder, hint, autocomplete, list } = options;
  const isNumber = type === 'number';
  const attributes = [
    required && html` required`,
    max !== undefined && (isNumber ? html` max="${max}"` : html` maxlength="${max}"`),
    min !== undefined && (isNumber ? html` min="${min}"` : html` minlength="${min}"`),
    placeholder && html` placeholder="${placeholder}"`,
    autocomplete && html` autocomplete="${autocomplete}"`,
    list && html` list="list-${name}"`,
  ];
  return html`<label class="field"><span>${label}</span><input name="${name}" type="${type}" value="${value ?? ''}"${attributes}>${list && html`<datalist id="list-${name}">${list.map((one) => html`<option value="${one}"></option>`)}</datalist>`}${hint && html`<small>${hint}</small>`}</label>`;
}
export type Choices = readonly (readonly [value: string, label: string])[];
export function select(label: string, name: string, choices: Choices, value?: string, options: { readonly required?: boolean; readonly hint?: string } = {}): Markup {
  return html`<label class="field"><span>${label}</span><select name="${name}"${options.required && html` required`}>${choices.map(([one, text]) => html`<option value="${one}"${one === (value ?? '') ? html` selected` : ''}>${text}</option>`)}</select>${options.hint && html`<small>${options.hint}</small>`}</label>`;
}
export function textarea(
  label: string,
  name: string,
  options: { readonly value?: string; readonly rows?: number; readonly required?: boolean; readonly max?: number; readonly hint?: string; readonly code?: boolean } = {},
): Markup {
  const { value = '', rows = 3, required, max, hint, code } = options;
  return html`<label class="field wide"><span>${label}</span><textarea name="${name}" rows="${rows}"${required && html` required`}${max !== undefined && html` maxlength="${max}"`}${code && html` class="code" spellcheck="false"`}>${value}</textarea>${hint && html`<small>${hint}</small>`}</label>`;
}
export function checkbox(label: string, name: string, checked = false): Markup {
  return html`<label class="check"><input type="checkbox" name="${name}" value="1"${checked && html` checked`}><span>${label}</span></label>`;
}
/** Something that opens on request: works without a script. */
export function disclosure(label: string, content: Part, options: { readonly open?: boolean; readonly button?: boolean } = {}): Markup {
  const inner = html`${content}`;
  // A form that was refused is seen.
  const isOpen = options.open || inner.text.includes(' data-refused');
  return html`<details class="${options.button ? 'disclosure button-like' : 'disclosure'}"${isOpen && html` open`}><summary>${label}</summary><div class="disclosed">${inner}</div></details>`;
}
/** A form whose state stands in the address: filters of a list, or with words of its own on its button, anything else that a page shows. */
export function filters(view: View, action: string, fields: Part, keep: Readonly<Record<string, string | undefined>> = {}, button?: string): Markup {
  const kept = Object.entries(keep).map(([name, value]) => value !== undefined && hidden(name, value));
  return html`<form method="get" action="${action}" class="filters"${button === undefined && html` role="search"`} data-filters>${kept}${fields}<button>${button ?? view.t('筛选', 'Filter')}</button></form>`;
}
/** Links between the pages of a list. @param first address of the first page; shown when this is not it */
export function pages(view: View, { first, next }: { readonly first?: string | undefined; readonly next?: string | undefined }): Part {
  if (first === undefined && next === undefined) return undefined;
  return html`<nav class="pages" aria-label="${view.t('翻页', 'Pages')}">${first && html`<a href="${first}">${view.t('回到第一页', 'First page')}</a>`}${next && html`<a href="${next}" rel="next">${view.t('下一页', 'Next page')} →</a>`}</nav>`;
}
export function tabs(view: View, current: string, items: readonly (readonly [id: string, label: string, path: string, count?: number | undefined])[]): Markup {
  return html`<nav class="tabs" aria-label="${view.t('分页', 'Sections')}"><ul>${items.map(([id, label, path, count]) => html`<li><a href="${path}"${id === current ? html` aria-current="page"` : ''}>${label}${count !== undefined && html` <span class="n">${count}</span>`}</a></li>`)}</ul></nav>`;
}
/** A copyable block: a command or a whole text. */
export function copyable(view: View, text: string): Markup {
  return html`<div class="copyable"><pre tabindex="0"><code>${text}</code></pre><button type="button" class="plain" data-copy-block hidden>${view.t('复制', 'Copy')}</button></div>`;
}

/** What to do, with its commands: names that are known stand in them, others are seen to be missing, and only what reads is copied. */
import type { Scope } from '../../../agent/wire/inspection.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import type { View } from '../view.ts';
import { isReadOnly } from './read-only-command.ts';

/** Commands stand between back-ticks in our texts, places to fill in between `<` and `>`. */
export function remedyMarkup({ t }: Pick<View, 't'>, text: string, scope: Scope | undefined): Markup {
  const { parts, isOpen } = remedyParts(text, scope);
  return html`<div class="remedy"><p>${parts}</p>${isOpen && html`<p class="note">${t('花括号中的内容请替换为实际名称。', 'What stands in braces is yours to fill in.')}</p>`}</div>`;
}
/** @returns the text, and whether a place is left for the reader to fill in */
export function remedyParts(text: string, scope: Scope | undefined): { readonly parts: readonly Markup[]; readonly isOpen: boolean } {
  let isOpen = false;
  const parts = text.split(/`([^`]+)`/).map((part, index) => {
    if (index % 2 === 0) return html`${part}`;
    const { text: filled, places } = filledCommand(part, scope);
    isOpen ||= places > 0;
    return html`<code${isReadOnly(filled) && html` data-copy`}>${marked(filled, part)}</code>`;
  });
  return { parts, isOpen };
}
/** Places that are still open, so that nobody takes them for a name. */
function marked(filled: string, template: string): readonly Markup[] {
  const open = new Set([...template.matchAll(PLACE)].map(([, name]) => `{${name}}`));
  return filled.split(/(\{[^{}]+\})/).map((part) => (open.has(part) ? html`<var class="fill">${part}</var>` : html`${part}`));
}

const PLACE = /<([\p{L}][\p{L}\p{N} .]*)>/gu;
/** A name that a shell takes as it is, also where it stands between quotes. */
const PLAIN_NAME = /^[A-Za-z0-9/][A-Za-z0-9._:@/+-]{0,252}$/;

/**
 * A command with the names of the object. What is not known stays, in braces: `<node>` would be a redirection to a shell, and
 * `{node}` is nothing. A name that a shell would read in another way is not put in.
 */
export function filledCommand(template: string, scope: Scope | undefined): { readonly text: string; readonly places: number } {
  let places = 0;
  const text = template.replaceAll(PLACE, (_whole, place: string) => {
    const name = scope && nameFor(place.toLowerCase(), template, scope);
    if (name !== undefined && PLAIN_NAME.test(name)) return name;
    places += 1;
    return `{${place}}`;
  });
  return { text, places };
}

/** The place in either language, and the kind of object whose name goes there. */
const OWN_NAME: Readonly<Record<string, Scope['kind']>> = {
  pod: 'Pod',
  service: 'Service',
  服务: 'Service',
  job: 'Job',
  任务: 'Job',
  'mount point': 'Mount',
  挂载点: 'Mount',
  interface: 'Interface',
  网卡: 'Interface',
  device: 'Disk',
  设备: 'Disk',
  unit: 'Unit',
  单元: 'Unit',
};
/** Kinds as kubectl takes them for short. */
const SHORT_KINDS: Readonly<Record<string, string>> = {
  persistentvolumeclaim: 'pvc',
  persistentvolume: 'pv',
  horizontalpodautoscaler: 'hpa',
  poddisruptionbudget: 'pdb',
  customresourcedefinition: 'crd',
  certificatesigningrequest: 'csr',
  namespace: 'ns',
};
function nameFor(place: string, template: string, { kind, name, node, namespace }: Scope): string | undefined {
  if (place === 'namespace' || place === '命名空间') return namespace ?? (kind === 'Namespace' ? name : undefined);
  if (place === 'node' || place === '节点' || place === '节点名') return node ?? (kind === 'Node' ? name : undefined);
  if (place === 'name' || place === '名称') {
    // Only where the command asks for an object of this kind: others have another name.
    const word = kind.toLowerCase();
    const asked = new Set(template.toLowerCase().split(/[\s/,]+/));
    return asked.has(word) || asked.has(SHORT_KINDS[word] ?? '') ? name : undefined;
  }
  return OWN_NAME[place] === kind ? name : undefined;
}

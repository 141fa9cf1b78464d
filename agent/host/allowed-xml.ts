/**
 * Allow-listed attributes of an XML configuration. Everything else – passwords, addresses, texts – is dropped while the
 * parser walks over it and never becomes a value of this program. The parser knows no entities but the five of XML; a document
 * that declares a type of its own is refused.
 */
import { SaxesParser } from 'saxes';
import { UnreadableError } from '../gatherers/gatherer.ts';
import type { Host } from './host.ts';

/** What becomes of a value: itself, a word that stands for it, or nothing. */
export type Reduce = (value: string) => string | undefined;
/** Attributes that are kept, by the names of their elements. */
export type AllowedXml = Readonly<Record<string, Readonly<Record<string, Reduce>>>>;
export interface KeptElement {
  readonly name: string;
  /** The nearest element around it that is in the list. */
  readonly within?: KeptElement | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_KEPT = 5_000;
const DEEPEST = 64;
const CHUNK = 64 * 1024;
const LONGEST = 256;

/** As it is, when it is short. */
export function keep(value: string): string | undefined {
  return value.length <= LONGEST ? value : undefined;
}
/** Only whether there is something. */
export function keepPresence(value: string): string {
  return value.trim() === '' ? 'no' : 'yes';
}

/** @throws UnreadableError `malformed`, `too-large`, or what reading throws */
export async function readAllowedXml(host: Host, path: string, allowed: AllowedXml): Promise<readonly KeptElement[]> {
  return parseAllowedXml(await host.readBytes(path, { maxBytes: MOST_BYTES }), allowed);
}

/** @throws UnreadableError `malformed`, `too-large` */
export function parseAllowedXml(bytes: Uint8Array, allowed: AllowedXml): readonly KeptElement[] {
  const kept: KeptElement[] = [];
  const around: (KeptElement | undefined)[] = [];
  const refuse = (): never => {
    throw new UnreadableError('malformed');
  };
  const parser = new SaxesParser();
  parser.on('error', refuse);
  parser.on('doctype', (text) => {
    if (text.includes('[')) refuse(); // declares entities
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (around.length >= DEEPEST) refuse();
    const own = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    const outer = around.at(-1);
    if (own === undefined) {
      around.push(outer);
      return;
    }
    if (kept.length >= MOST_KEPT) throw new UnreadableError('too-large');
    const element: KeptElement = { name, within: outer, attributes: reduced(attributes, own) };
    kept.push(element);
    around.push(element);
  });
  parser.on('closetag', () => {
    around.pop();
  });
  const text = decoded(bytes);
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
  parser.close();
  return kept;
}

/** Elements of one name, with their attributes. */
export function elementsNamed(kept: readonly KeptElement[], ...names: readonly string[]): readonly KeptElement[] {
  return kept.filter(({ name }) => names.includes(name));
}

function reduced(attributes: Readonly<Record<string, unknown>>, allowed: Readonly<Record<string, Reduce>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, reduce] of Object.entries(allowed)) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    const shown = typeof value === 'string' ? reduce(value) : undefined;
    if (shown !== undefined) out[name] = shown;
  }
  return out;
}
/** Old configurations are in GBK; without its text nothing is lost, keys and numbers are ASCII. */
function decoded(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const encoding = /encoding\s*=\s*["']([\w-]{2,20})["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  try {
    return new TextDecoder(/^(gb|utf-?8|iso-8859|us-ascii)/.test(encoding) ? encoding : 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

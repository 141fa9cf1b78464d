/** One pass over an inspection's bytes: the whole is checked, and only what facts are drawn from is parsed. */
import type { ZodType } from 'zod';
import type { Sender } from '../../agent/wire/encode-values.ts';
import type { CheckVerdict, Finding } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { Cursor } from './cursor.ts';
import { FACT_SECTIONS } from './inspection-facts.ts';
import { knownVerdicts, rememberVerdicts } from './known-verdicts.ts';
import { objectReader, type Reader } from './reader.ts';
import { definitionOf } from './validator.ts';
import type { FactSource } from './wire-inspection.ts';

/** @param cursor at the beginning of the payload */
export type InspectionReader = (cursor: Cursor) => FactSource | undefined;

/** @param schema of inspections */
export function inspectionReader(schema: ZodType): InspectionReader {
  const { shape = {} } = definitionOf(schema);
  const members = new Spans(['agent', 'findings', 'findingsCut', 'takenAt']);
  const sections = new Spans(FACT_SECTIONS);
  let verdicts: readonly CheckVerdict[] = [];
  const readSections = shape['sections'] && objectReader(definitionOf(shape['sections']).shape ?? {}, sections.around());
  const read = objectReader(shape, {
    ...members.around(),
    ...(readSections && { sections: () => readSections }),
    verdicts: (readList) => (cursor) => {
      const from = cursor.at;
      const text = cursor.text.slice(from, -1); // the last member
      const known = knownVerdicts(text);
      if (known !== undefined) cursor.at += text.length;
      else if (!readList(cursor) || cursor.at - from !== text.length) return false;
      verdicts = known ?? rememberVerdicts(text, parsed(text));
      return true;
    },
  });
  return (cursor) => {
    members.forget();
    sections.forget();
    if (read?.(cursor) !== true || cursor.at !== cursor.bytes.length) return undefined;
    return {
      agent: parsed<Sender>(members.of('agent', cursor)),
      takenAt: parsed<number>(members.of('takenAt', cursor)),
      findings: parsed<readonly Finding[]>(members.of('findings', cursor)),
      findingsCut: parsed<number>(members.of('findingsCut', cursor)),
      sections: parsedSections(sections, cursor),
      verdicts,
    };
  };
}

/** Where some members of an object stand: numbers only, nothing of a payload is held. */
class Spans {
  readonly #keys: readonly string[];
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#from = new Uint32Array(keys.length);
    this.#to = new Uint32Array(keys.length);
  }

  /** Readers that note it. */
  around(): Readonly<Record<string, (read: Reader) => Reader>> {
    const noting =
      (index: number) =>
      (read: Reader): Reader =>
      (cursor) => {
        this.#from[index] = cursor.at;
        const isRead = read(cursor);
        this.#to[index] = cursor.at;
        return isRead;
      };
    return Object.fromEntries(this.#keys.map((key, index) => [key, noting(index)]));
  }
  forget(): void {
    this.#to.fill(0);
  }
  /** `undefined`: it was not there. */
  of(key: string, { text }: Cursor): string | undefined {
    const index = this.#keys.indexOf(key);
    const to = this.#to[index] ?? 0;
    return to === 0 ? undefined : text.slice(this.#from[index], to);
  }
}

function parsedSections(spans: Spans, cursor: Cursor): SomeSections {
  const sections: Record<string, unknown> = {};
  for (const id of FACT_SECTIONS) {
    const text = spans.of(id, cursor);
    if (text !== undefined) sections[id] = parsed(text);
  }
  return sections; // each as its own schema has just accepted it
}

/** A text that its reader has just accepted. */
function parsed<T>(text = 'null'): T {
  return JSON.parse(text) as T;
}

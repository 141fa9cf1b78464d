/**
 * Advisories in a repository's `updateinfo.xml`, plain or compressed with gzip. It is read as a stream, so its size does not matter, by
 * a parser that knows no entities but the five of XML: a document that declares its own is refused.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ADVISORY_ID, type Advisory, AdvisoryError, CVE, distinctFixes, type Fix, kindOf, MOST_CVES, MOST_FIXES, PACKAGE_NAME, productOf, severityOf } from './advisory.ts';
import { formatEvr, parseEvr } from './rpm-version.ts';

const MOST_ADVISORIES = 100_000;
const DEEPEST = 32;
/** Of one element's text that is kept. */
const LONGEST = 400;

interface Draft {
  id: string;
  type: string | undefined;
  severity: string;
  issued: string;
  readonly cves: Set<string>;
  readonly fixes: Fix[];
}

/** @param chunks text of the document. @throws AdvisoryError */
export async function* parseUpdateInfo(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Advisory> {
  const reader = new Reader();
  for await (const chunk of chunks) {
    reader.write(chunk);
    yield* reader.taken();
  }
  reader.close();
  yield* reader.taken();
}

class Reader {
  readonly #parser = new SaxesParser();
  readonly #done: Advisory[] = [];
  readonly #path: string[] = [];
  #draft: Draft | undefined;
  #text = '';
  #count = 0;

  constructor() {
    const parser = this.#parser;
    const refuse = (problem: string): never => {
      throw new AdvisoryError(problem);
    };
    parser.on('error', () => refuse('is not well-formed XML'));
    parser.on('doctype', () => refuse('declares a document type, which no updateinfo.xml does'));
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('text', (text) => {
      if (this.#text.length < LONGEST) this.#text += text.slice(0, LONGEST);
    });
    parser.on('closetag', ({ name }) => this.#close(name));
  }
  write(chunk: string): void {
    this.#parser.write(chunk);
  }
  /** @throws AdvisoryError when the document is cut, or is another one */
  close(): void {
    this.#parser.close();
    if (this.#count === 0) throw new AdvisoryError('holds no advisory');
  }
  taken(): readonly Advisory[] {
    return this.#done.splice(0);
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    if (this.#path.length === 0 && name !== 'updates') throw new AdvisoryError('is no updateinfo.xml');
    if (this.#path.length >= DEEPEST) throw new AdvisoryError(`is nested deeper than ${DEEPEST}`);
    this.#path.push(name);
    this.#text = '';
    if (name === 'update') this.#draft = { id: '', type: attributes['type'], severity: '', issued: '', cves: new Set(), fixes: [] };
    const draft = this.#draft;
    if (!draft) return;
    if (name === 'issued') draft.issued = attributes['date'] ?? '';
    else if (name === 'reference') addReference(draft, attributes);
    else if (name === 'package') addPackage(draft, attributes);
  }
  #close(name: string): void {
    this.#path.pop();
    const draft = this.#draft;
    if (!draft) return;
    const text = this.#text.trim();
    if (name === 'id' && draft.id === '') draft.id = text;
    else if (name === 'severity') draft.severity = text;
    else if (name === 'update') {
      this.#draft = undefined;
      this.#count += 1;
      if (this.#count > MOST_ADVISORIES) throw new AdvisoryError(`holds more than ${MOST_ADVISORIES} advisories`);
      const advisory = advisoryOf(draft);
      if (advisory) this.#done.push(advisory);
    }
  }
}

type Attributes = Readonly<Record<string, string>>;
function addReference({ cves }: Draft, { type, id = '' }: Attributes): void {
  if (type === 'cve' && CVE.test(id) && cves.size < MOST_CVES) cves.add(id);
}
function addPackage({ fixes }: Draft, { name = '', version = '', release = '', epoch = '0' }: Attributes): void {
  const evr = parseEvr(`${/^\d{1,9}$/.test(epoch) ? epoch : '0'}:${version}-${release}`);
  const product = productOf(release);
  if (evr && product !== undefined && PACKAGE_NAME.test(name) && fixes.length < MOST_FIXES) fixes.push({ product, package: name, version: formatEvr(evr) });
}
/** One that has no id or no date is left out: it could not be named. */
function advisoryOf({ id, type, severity, issued, cves, fixes }: Draft): Advisory | undefined {
  // Some repositories write seconds, others days.
  const publishedAt = /^\d{9,11}$/.test(issued)
    ? Number(issued) * 1_000
    : Date.parse(
        issued
          .replace(' ', 'T')
          .replace(/^(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)$/, '$1Z')
          .replace(/^(\d{4}-\d\d-\d\d)Z$/, '$1'),
      );
  if (!ADVISORY_ID.test(id) || Number.isNaN(publishedAt)) return undefined;
  return { id, kind: kindOf(id, type), severity: severityOf(severity), publishedAt, cves: [...cves], source: 'updateinfo.xml', fixes: distinctFixes(fixes) };
}

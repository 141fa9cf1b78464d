/** nginx' configuration language, parsed into directives. Pure; bounded in depth and size. */

export interface Directive {
  readonly name: string;
  readonly values: readonly string[];
  /** Left out for a simple directive. */
  readonly block?: readonly Directive[] | undefined;
}
const MOST_TOKENS = 400_000;
const DEEPEST = 16;

/** `undefined` when it is not in the language: better unread than misread. */
export function parseConfiguration(text: string): readonly Directive[] | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const reader = { at: 0 };
  const directives = readBlock(tokens, reader, 0);
  return reader.at >= tokens.length ? directives : undefined;
}

function readBlock(tokens: readonly string[], reader: { at: number }, depth: number): Directive[] | undefined {
  if (depth > DEEPEST) return undefined;
  const out: Directive[] = [];
  let words: string[] = [];
  for (let token = tokens[reader.at]; token !== undefined; token = tokens[reader.at]) {
    reader.at += 1;
    if (token === '}') return depth > 0 && words.length === 0 ? out : undefined;
    if (token !== ';' && token !== '{') {
      words.push(token);
      continue;
    }
    const directive = token === ';' ? simple(words) : blockOf(words, readBlock(tokens, reader, depth + 1));
    if (!directive) return undefined;
    out.push(directive);
    words = [];
  }
  return depth === 0 && words.length === 0 ? out : undefined;
}
function simple([name = ';', ...values]: readonly string[]): Directive {
  return { name, values };
}
function blockOf([name, ...values]: readonly string[], block: readonly Directive[] | undefined): Directive | undefined {
  return name === undefined || !block ? undefined : { name, values, block };
}

/** Words, and `;` `{` `}`; a quoted one of those loses its meaning. Lua between braces is skipped. */
function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const pattern = /\s+|#[^\n]*|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([;{}])|((?:\$\{[^}\s]*\}|\\[\s\S]|[^\s;{}"'\\]|(?<=[^\s;{}])["'])+)/y;
  while (pattern.lastIndex < text.length) {
    const [, double, single, mark, word] = pattern.exec(text) ?? [undefined];
    if (pattern.lastIndex === 0 || tokens.length > MOST_TOKENS) return undefined;
    if (mark === '{' && (tokens.at(-1) ?? '').endsWith('_by_lua_block')) {
      pattern.lastIndex = endOfLua(text, pattern.lastIndex);
      tokens.push(';');
    } else if (mark !== undefined) tokens.push(mark);
    else {
      const value = double ?? single ?? word;
      if (value !== undefined) tokens.push(/^[;{}]$/.test(value) ? `\\${value}` : value);
    }
  }
  return tokens;
}
function endOfLua(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    else if (text[index] === '}') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** Every directive with the blocks around it, outermost first. */
export function* walk(directives: readonly Directive[], around: readonly Directive[] = []): Generator<{ readonly directive: Directive; readonly around: readonly Directive[] }> {
  for (const directive of directives) {
    yield { directive, around };
    if (directive.block) yield* walk(directive.block, [...around, directive]);
  }
}

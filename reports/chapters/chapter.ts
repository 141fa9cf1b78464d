/** The shape of a chapter. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import type { AuthoredPart } from '../facts/service.ts';
import type { ReportModel } from '../model.ts';
import type { Awaited } from '../readiness.ts';

/** Selects, orders and words what the model holds; computes nothing that an API might also need. */
export interface Chapter {
  readonly id: string;
  readonly title: Text;
  /** Follows the chapter before it on the same page; default a page of its own. */
  readonly runsOn?: boolean;
  /** Looked up rather than read: a format with several sizes of type takes a smaller one. */
  readonly lookedUp?: boolean;
  /** Places of this chapter that people may fill. */
  readonly places?: readonly AuthoredPart['place'][] | undefined;
  /** Where both sides sign: says something else while there is nothing to sign yet. */
  readonly signs?: true;
  /** What it still lacks from people or from a service's records; a report that lacks something is a draft. */
  readonly awaits?: ((model: ReportModel) => readonly Awaited[]) | undefined;
  /** Pure. The model's texts are already printable. An empty list leaves the chapter out. */
  write(model: ReportModel, locale: Locale): readonly Block[];
}

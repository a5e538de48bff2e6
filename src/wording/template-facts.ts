// The facts that templates may name, as a table for people who write them.

import { listVariables, TEMPLATE_KINDS, type TemplateKind } from './message-template.ts';

/** Templates that may name the same facts. */
export type FactGroup = {
  readonly kinds: readonly TemplateKind[];
  /** What to write, what kind of fact it is, what it means. */
  readonly rows: readonly (readonly [insert: string, kind: string, says: string])[];
};

/** All templates with the facts they may name, those with the same facts together, in the order of the templates. */
export function groupFacts(): readonly FactGroup[] {
  const groups = Map.groupBy(TEMPLATE_KINDS, (kind) => JSON.stringify(listVariables(kind)));
  return [...groups.values()].map((kinds) => ({
    kinds,
    rows: kinds
      .slice(0, 1)
      .flatMap((kind) =>
        listVariables(kind).map(({ insert, kind: fact, says }) => [insert, fact, says] as const),
      ),
  }));
}

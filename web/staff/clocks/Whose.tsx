// Whose a receipt is to apply: a choice among those who may, or the name where one may not give it to anybody.

import { Select } from '@mantine/core';

type Person = { readonly userId: string; readonly name: string };

export const NOBODYS = 'nobody’s';

export function Whose({
  label,
  owner,
  among,
  onGive,
}: {
  readonly label: string;
  readonly owner: Person | null;
  /** Null where it can only be read. */
  readonly among: readonly Person[] | null;
  onGive(userId: string | null): void;
}) {
  if (among === null) return owner?.name ?? NOBODYS;
  return (
    <Select
      aria-label={label}
      size="xs"
      w={190}
      placeholder={NOBODYS}
      clearable
      data={among.map((person) => ({ value: person.userId, label: person.name }))}
      value={owner?.userId ?? null}
      onChange={onGive}
    />
  );
}

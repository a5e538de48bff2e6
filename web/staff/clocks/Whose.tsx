// Whose a receipt is to apply: a choice among the members and teams that may, or the name where one may not give it to anybody.

import { Select } from '@mantine/core';

type Person = { readonly userId: string; readonly name: string };
type Team = { readonly teamId: string; readonly name: string };

/** Whose something is: a member's, a team's, or nobody's. */
export type GivenTo = { readonly userId: string | null; readonly teamId: string | null };

const NOBODYS = 'nobody’s';

/** Whose it is, in words. */
export function whoseWords(owner: Person | null, team: Team | null): string {
  return owner?.name ?? (team ? `team ${team.name}` : NOBODYS);
}

const TEAM = 'team:';

export function Whose({
  label,
  owner,
  team,
  among,
  onGive,
}: {
  readonly label: string;
  readonly owner: Person | null;
  readonly team: Team | null;
  /** Null where it can only be read. */
  readonly among: { readonly people: readonly Person[]; readonly teams: readonly Team[] } | null;
  onGive(to: GivenTo): void;
}) {
  if (among === null) return whoseWords(owner, team);
  const people = among.people.map((person) => ({ value: person.userId, label: person.name }));
  const teams = among.teams.map((one) => ({ value: `${TEAM}${one.teamId}`, label: one.name }));
  return (
    <Select
      aria-label={label}
      size="xs"
      w={190}
      placeholder={NOBODYS}
      clearable
      data={
        teams.length === 0
          ? people
          : [
              { group: 'Teams', items: teams },
              { group: 'People', items: people },
            ]
      }
      value={owner?.userId ?? (team ? `${TEAM}${team.teamId}` : null)}
      onChange={(value) =>
        onGive(
          value?.startsWith(TEAM)
            ? { userId: null, teamId: value.slice(TEAM.length) }
            : { userId: value, teamId: null },
        )
      }
    />
  );
}

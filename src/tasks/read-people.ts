// Who tasks can be given to today: those who may work and are stated to, with what they take and have.

import type { Tx } from '#db/transaction.ts';
import { readPeople } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { COLLECTING_ROLES } from '#worklist/assign-accounts.ts';
import type { Candidate, Skill } from './routing.ts';
import { findLoads } from './store.ts';
import { findCollectorsToday, findSkills } from './store-people.ts';

/** Minutes of a day for tasks where nothing is stated: half a working day. */
export const MINUTES_DEFAULT = 240;

/** Of whom nothing is stated takes everything, if they collect. */
const EVERYTHING: Skill = {
  takes: true,
  languages: [],
  companyIds: [],
  policies: [],
  kinds: [],
  amountFrom: null,
  amountTo: null,
  minutesADay: MINUTES_DEFAULT,
};

/** Members tasks can be given to; those who neither collect nor are stated to take tasks get only what is theirs. */
export async function readCandidates(tx: Tx, today: PlainDate): Promise<readonly Candidate[]> {
  const [people, skills, collectors, loads] = [
    await readPeople(tx, COLLECTING_ROLES),
    new Map((await findSkills(tx)).map((row) => [row.user_id, row])),
    new Map((await findCollectorsToday(tx, today)).map((row) => [row.userId, row])),
    await findLoads(tx),
  ];
  return people.map(({ userId }) => {
    const row = skills.get(userId);
    const collector = collectors.get(userId);
    const skill: Skill =
      row === undefined
        ? { ...EVERYTHING, takes: collector?.collects ?? false }
        : {
            takes: row.takes,
            languages: row.languages,
            companyIds: row.company_ids,
            policies: row.policies,
            kinds: row.kinds,
            amountFrom: row.amount_from,
            amountTo: row.amount_to,
            minutesADay: row.minutes_a_day,
          };
    return {
      ...skill,
      userId,
      minutes: loads.get(userId)?.minutes ?? 0,
      substituteId: collector?.substituteId ?? null,
    };
  });
}

// Work for a person that no answer from outside made: something has to be sent, and there is no way.

import type { Act } from '#command/command.ts';
import type { NewProblem } from './fate.ts';
import { insertProblems, type ProblemSubject } from './store-fate.ts';

/** Opens a problem, unless the same one is open already. */
export function openProblem(act: Act, about: ProblemSubject, problem: NewProblem): void {
  insertProblems(act, about, [problem]);
  act.record({
    type: 'delivery_problem.opened',
    subjectId: about.documentId ?? about.messageId ?? about.customerId,
    customerId: about.customerId,
    data: { kind: problem.kind, detail: problem.detail },
  });
}

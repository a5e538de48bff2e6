// Why a payment came back, and what follows from it: what is done next, whether it speaks against the payer, and whether a fee
// may be asked for it.

/** What is done next. `ask_bank`: the matter is between us and our bank; `none`: nothing is left to do. */
export const NEXT_STEPS = ['retry', 'stop_mandate', 'ask_customer', 'mend_data', 'ask_bank', 'none'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** How much a return speaks against the payer's will or power to pay. */
export const RISKS = ['strong', 'weak', 'none'] as const;
export type Risk = (typeof RISKS)[number];

export const SCHEMES = ['sepa', 'ach', 'own'] as const;

export type ReturnReason = {
  readonly code: string;
  readonly scheme: (typeof SCHEMES)[number];
  /** What it means, in our words. */
  readonly meaning: string;
  readonly next: NextStep;
  readonly risk: Risk;
  /** The payer brought it about, so that a fee may be asked where the terms say so. */
  readonly isTheirDoing: boolean;
  /** From when the code has this meaning, where it had another before. */
  readonly since: string | null;
};

/** A code that no table has, or none at all: somebody has to ask, and no fee is asked of anybody. */
export function unknownReason(code: string | null): ReturnReason {
  const meaning = code === null ? 'No reason was given' : 'A reason that is not known here';
  return {
    code: code ?? '',
    scheme: 'own',
    meaning,
    next: 'ask_customer',
    risk: 'weak',
    isTheirDoing: false,
    since: null,
  };
}

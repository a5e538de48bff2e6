// What matching says, in words.

/** Why a receipt waits. */
export const WAIT_WORDS: Readonly<Record<string, string>> = {
  nothing_found: 'No reference and no known payer: somebody has to look.',
  reference_of_several_customers: 'The references name documents of several customers.',
  reference_ambiguous: 'A number in the text names more than one document.',
  reference_names_credit: 'A credit note is named too, and with it the documents come to another amount.',
  reference_amount_differs: 'The documents named have another sum open.',
  reference_discount_late: 'The documents named are short by a discount whose day is past.',
  reference_in_other_currency: 'The documents named are in another currency.',
  reference_already_settled: 'The documents named are settled already.',
  payer_of_several_customers: 'The payer stands for several customers.',
  payer_unknown: 'Nothing but the amount says who paid.',
  several_sums: 'Several sums of open items come to this amount.',
  could_be_coincidence: 'A sum fits, but it could be by chance.',
  no_sum: 'The payer is known, but no items come to this amount.',
  amounts_too_large: 'The amounts are too large to be weighed.',
  customer_by_reference: 'Receipts of this customer are applied only where they name documents.',
  customer_by_hand: 'Receipts of this customer are applied by people.',
  too_many_candidates: 'Too many items or customers could be meant.',
  returned_by_bank: 'The bank marked this as a return.',
};

/** By which rule a receipt was applied. */
export const RULE_WORDS: Readonly<Record<string, string>> = {
  reference_sum_exact: 'It names its documents and pays exactly what was open of them',
  reference_sum_less_discount:
    'It names its documents and pays what was open of them less the discount it earned',
  reference_sum_less_charge: 'It names its documents, and what is missing is what banks kept on the way',
  reference_sum_within_tolerance: 'It names its documents, and what is missing is within the tolerance',
  reference_sum_less_credit:
    'It names documents and credit notes, and pays exactly what they come to together',
  reference_sum_of_group:
    'It names documents of several customers of one group, and pays exactly what they come to together',
  only_sum: 'Of all that was open, only these items come to the amount',
  only_sum_less_credit: 'Of all that was open, only these items less these credit notes come to the amount',
  only_sum_of_group:
    'Of all that the payer and those below it owe, only these items of several of them come to the amount',
  likeliest_of_all_sums: 'Other items come to the amount too; the customer’s habits are clearly for these',
  likeliest_by_habit: 'The customer’s habits are clearly for these items',
  oldest_first: 'Nothing said what it is for; this customer’s money goes to the oldest items',
  proportional: 'Nothing said what it is for; this customer’s money goes to all items alike',
};

/** What a customer pays by habit. */
export const HABIT_WORDS: Readonly<Record<string, string>> = {
  all: 'all that is open',
  due_up_to: 'all that is due up to a day',
  due_on: 'what is due on one day',
  due_in_month: 'what is due in one month',
  due_between: 'what is due between two days',
  issued_up_to: 'all that was issued up to a day',
  issued_on: 'what was issued on one day',
  issued_in_month: 'what was issued in one month',
  issued_between: 'what was issued between two days',
  picked: 'documents picked one by one',
};

/** What an amount could be that is no sum. */
export const KIND_WORDS: Readonly<Record<string, string>> = {
  sum: 'comes to the amount',
  rounding: 'but for rounding',
  discount: 'less the discount',
  late_discount: 'less a discount taken late',
  percent: 'less a percentage',
  fee: 'less a bank fee',
  short: 'paid short',
  over: 'paid too much',
};

/** A probability as people read it: never certain. */
export function chanceWords(probability: number): string {
  if (probability >= 0.999) return 'over 99.9 %';
  return `${(probability * 100).toFixed(probability >= 0.99 || probability < 0.01 ? 1 : 0)} %`;
}

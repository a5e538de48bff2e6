// Words of the send gate.

/** What each check asks. */
export const CHECK_WORDS: Readonly<Record<string, string>> = {
  balance: 'Still open',
  disputes: 'Not disputed, and posted where it must be',
  promises: 'Not promised for a day to come',
  holds: 'Not on hold',
  bank_data: 'Bank data is fresh enough',
  waiting_money: 'No money waits that could pay it',
  address: 'The address takes messages',
  contacts: 'Not too many contacts',
  hours: 'A good hour where the customer is',
};

/** Why a message waits. */
export const WAIT_WORDS: Readonly<Record<string, string>> = {
  bank_data_old: 'bank data is too old',
  no_bank_data: 'there is no bank data',
  waiting_money: 'money waits that could pay all of it',
  too_many_contacts: 'the customer was contacted too often',
  quiet_hour: 'it is a quiet hour where the customer is',
  quiet_day: 'it is a quiet day',
};

export const COVER_WORDS: Readonly<Record<string, string>> = {
  customers_money: 'is the customer’s',
  exact_amount: 'has exactly its amount',
  whole_balance: 'comes to all that is asked for',
  named: 'names it',
};

/** What was wrong with a reminder that left. */
export const BREACH_WORDS: Readonly<Record<string, string>> = {
  paid: 'Was paid',
  overstated: 'Less was open',
  promised: 'Was promised',
  disputed: 'Was disputed',
  held: 'Was on hold',
  stopped_address: 'The address was stopped',
  too_many: 'Too many contacts',
  quiet_hour: 'In a quiet hour',
  twice: 'Said twice',
  not_judged: 'Did not pass the gate',
};

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

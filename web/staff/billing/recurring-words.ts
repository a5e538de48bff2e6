// How often something recurs, in words.

type Recurrence = { readonly unit: 'week' | 'month' | 'year'; readonly every: number };

const COMMON: Readonly<Record<string, string>> = {
  '1 week': 'Weekly',
  '1 month': 'Monthly',
  '3 month': 'Quarterly',
  '6 month': 'Half-yearly',
  '12 month': 'Yearly',
  '1 year': 'Yearly',
};

/** `Quarterly`, `Every 2 weeks`. */
export function recurrenceWords({ unit, every }: Recurrence): string {
  return COMMON[`${every} ${unit}`] ?? `Every ${every} ${unit}s`;
}

// The history of reference rates that Quittance comes with: only what is surely known, up to the last day it was checked for.
// Tenants record what came after, and may overrule any of it.

import { parseDate } from '#kernel/calendar.ts';
import { parseDecimal } from '#kernel/percent.ts';
import type { RateHistory } from './reference-rate.ts';

/** Main refinancing operations, fixed-rate tenders; the day is that of the first operation at the rate. */
const ECB_MRO =
  '2009-05-13 1 2011-04-13 1.25 2011-07-13 1.5 2011-11-09 1.25 2011-12-14 1 2012-07-11 0.75 2013-05-08 0.5 2013-11-13 0.25 2014-06-11 0.15 2014-09-10 0.05 2016-03-16 0 2022-07-27 0.5 2022-09-14 1.25 2022-11-02 2 2022-12-21 2.5 2023-02-08 3 2023-03-22 3.5 2023-05-10 3.75 2023-06-21 4 2023-08-02 4.25 2023-09-20 4.5 2024-06-12 4.25 2024-09-18 3.65 2024-10-23 3.4 2024-12-18 3.15 2025-02-05 2.9 2025-03-12 2.65 2025-04-23 2.4 2025-06-11 2.15';

const BOE_BASE =
  '2009-03-05 0.5 2016-08-04 0.25 2017-11-02 0.5 2018-08-02 0.75 2020-03-11 0.25 2020-03-19 0.1 2021-12-16 0.25 2022-02-03 0.5 2022-03-17 0.75 2022-05-05 1 2022-06-16 1.25 2022-08-04 1.75 2022-09-22 2.25 2022-11-03 3 2022-12-15 3.5 2023-02-02 4 2023-03-23 4.25 2023-05-11 4.5 2023-06-22 5 2023-08-03 5.25 2024-08-01 5 2024-11-07 4.75 2025-02-06 4.5 2025-05-08 4.25 2025-08-07 4 2025-12-18 3.75';

/** Section 247 BGB: moves on 1 January and 1 July by as much as the ECB rate moved since. */
const DE_BASE =
  '2013-01-01 -0.13 2013-07-01 -0.38 2014-01-01 -0.63 2014-07-01 -0.73 2015-01-01 -0.83 2016-07-01 -0.88 2023-01-01 1.62 2023-07-01 3.12 2024-01-01 3.62 2024-07-01 3.37 2025-01-01 2.27 2025-07-01 1.27';

/** All shipped histories. */
export const KNOWN_RATES: readonly RateHistory[] = [
  history('ecb-mro', ECB_MRO, '2026-04-01', 'European Central Bank, key interest rates'),
  history('boe-base', BOE_BASE, '2025-12-31', 'Bank of England, Bank Rate history'),
  history('de-base', DE_BASE, '2026-01-01', 'Deutsche Bundesbank, base rate under section 247 BGB'),
];

function history(code: string, text: string, knownThrough: string, source: string): RateHistory {
  const words = text.split(' ');
  const rates = words.flatMap((word, index) =>
    index % 2 === 0
      ? [{ code, validFrom: parseDate(word), percent: parseDecimal(words[index + 1] ?? ''), source }]
      : [],
  );
  return { code, rates, knownThrough: parseDate(knownThrough) };
}

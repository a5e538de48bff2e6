// The countries a VAT number may begin with: those of ISO 3166-1, Kosovo, Northern Ireland, and EL as Greece writes itself.

import { COUNTRIES } from './code-lists-short.ts';

/** The first two letters of VAT numbers. */
export const COUNTRY_PREFIXES: ReadonlySet<string> = new Set([...COUNTRIES.trim().split(/\s+/), 'EL']);

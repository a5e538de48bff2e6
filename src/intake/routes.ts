// HTTP of looking at files of banks.

import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import * as contract from './contract.ts';
import { lookAtUpload } from './read-csv-look.ts';
import { lookAtPayoutUpload } from './read-payout-look.ts';

export const routes: readonly Route[] = [
  route(contract.lookAtBankCsv, (call) =>
    lookAtUpload(call, present(call.upload, 'the operation carries a file'), call.query),
  ),

  route(contract.lookAtPayoutReport, (call) =>
    lookAtPayoutUpload(call, present(call.upload, 'the operation carries a file'), call.query),
  ),
];

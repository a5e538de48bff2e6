// All routes of the API, module after module in reading order. What is served, documented and tried by the guards.

import { routes as alerts } from '#alerts/routes.ts';
import { routes as announcements } from '#announcements/routes.ts';
import { approvalRoutes } from '#approvals/routes.ts';
import { routes as attachments } from '#attachments/routes.ts';
import { routes as banking } from '#banking/routes.ts';
import { routes as billing } from '#billing/routes.ts';
import { routes as breaches } from '#breaches/routes.ts';
import { routes as calls } from '#calls/routes.ts';
import { routes as charges } from '#charges/routes.ts';
import { routes as checks } from '#checks/routes.ts';
import { routes as clocks } from '#clocks/routes.ts';
import { routes as collections } from '#collections/routes.ts';
import { routes as comments } from '#comments/routes.ts';
import { routes as consents } from '#consents/routes.ts';
import { batchRoutes, routes as delivery } from '#delivery/routes.ts';
import { routes as differences } from '#differences/routes.ts';
import { routes as disputes } from '#disputes/routes.ts';
import { routes as effects } from '#effects/routes.ts';
import { routes as escalation } from '#escalation/routes.ts';
import { routes as evidence } from '#evidence/routes.ts';
import { routes as experiments } from '#experiments/routes.ts';
import { routes as forecasts } from '#forecasts/routes.ts';
import { routes as gate } from '#gate/routes.ts';
import { routes as gateways } from '#gateways/routes.ts';
import { routes as holds } from '#holds/routes.ts';
import type { Route } from '#http/route.ts';
import { routes as identity } from '#identity/routes.ts';
import { routes as inbox } from '#inbox/routes.ts';
import { routes as intake } from '#intake/routes.ts';
import { routes as integrations } from '#integrations/routes.ts';
import { routes as invoicing } from '#invoicing/routes.ts';
import { routes as ledger } from '#ledger/routes.ts';
import { routes as mailboxes } from '#mailboxes/routes.ts';
import { routes as offers } from '#offers/routes.ts';
import { routes as parties } from '#parties/routes.ts';
import { routes as patterns } from '#patterns/routes.ts';
import { routes as paying } from '#paying/routes.ts';
import { routes as payments } from '#payments/routes.ts';
import { routes as payouts } from '#payouts/routes.ts';
import { routes as policies } from '#policies/routes.ts';
import { routes as postings } from '#postings/routes.ts';
import { routes as printing } from '#printing/routes.ts';
import { routes as promises } from '#promises/routes.ts';
import { routes as receiving } from '#receiving/routes.ts';
import { routes as reconciliation } from '#reconciliation/routes.ts';
import { routes as recoveries } from '#recoveries/routes.ts';
import { routes as refunds } from '#refunds/routes.ts';
import { routes as remedies } from '#remedies/routes.ts';
import { routes as remittances } from '#remittances/routes.ts';
import { routes as reporting } from '#reporting/routes.ts';
import { dutyRoutes } from '#reporting/routes-duties.ts';
import { routes as returns } from '#returns/routes.ts';
import { routes as risks } from '#risks/routes.ts';
import { routes as signing } from '#signing/routes.ts';
import { routes as skips } from '#skips/routes.ts';
import { routes as statements } from '#statements/routes.ts';
import { routes as tags } from '#tags/routes.ts';
import { routes as tasks } from '#tasks/routes.ts';
import { routes as terms } from '#terms/routes.ts';
import { routes as thanks } from '#thanks/routes.ts';
import { routes as trials } from '#trials/routes.ts';
import { routes as uploads } from '#uploads/routes.ts';
import { routes as wording } from '#wording/routes.ts';
import { routes as workbench } from '#workbench/routes.ts';
import { routes as worklist } from '#worklist/routes.ts';
import { routes as writeoffruns } from '#writeoffruns/routes.ts';
import { routes as writeoffs } from '#writeoffs/routes.ts';
import { APPROVABLES } from './approvables.ts';
import { SOURCES } from './sources.ts';

export const ROUTES: readonly Route[] = [
  ...identity,
  ...approvalRoutes(APPROVABLES),
  ...parties,
  ...terms,
  ...attachments,
  ...ledger,
  ...banking,
  ...receiving,
  ...printing,
  ...signing,
  ...delivery,
  ...batchRoutes(SOURCES),
  ...wording,
  ...checks,
  ...invoicing,
  ...offers,
  ...charges,
  ...billing,
  ...uploads,
  ...disputes,
  ...recoveries,
  ...remedies,
  ...remittances,
  ...mailboxes,
  ...paying,
  ...patterns,
  ...differences,
  ...writeoffs,
  ...payments,
  ...gateways,
  ...intake,
  ...workbench,
  ...reconciliation,
  ...payouts,
  ...announcements,
  ...returns,
  ...clocks,
  ...postings,
  ...refunds,
  ...consents,
  ...statements,
  ...promises,
  ...calls,
  ...holds,
  ...escalation,
  ...writeoffruns,
  ...gate,
  ...tags,
  ...thanks,
  ...risks,
  ...policies,
  ...experiments,
  ...skips,
  ...collections,
  ...breaches,
  ...trials,
  ...forecasts,
  ...inbox,
  ...tasks,
  ...comments,
  ...alerts,
  ...worklist,
  ...effects,
  ...reporting,
  ...evidence,
  ...dutyRoutes,
  ...integrations,
];

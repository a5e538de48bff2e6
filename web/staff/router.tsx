// The pages and their addresses. Every page has an address of its own, filters and sorting included, so that a link
// shows what its sender saw. A page's module is loaded when it is first opened.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { Broken } from './Broken.tsx';
import { SignIn } from './identity/SignIn.tsx';
import { Start } from './identity/Start.tsx';
import { NotFound } from './NotFound.tsx';
import { Shell } from './Shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignIn,
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' ? { to: search.to } : {},
});

const tenant = createRoute({
  getParentRoute: () => root,
  path: '/$tenant',
  component: Shell,
  notFoundComponent: NotFound,
});

const tenantHome = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: `/${params.tenant}/dashboard` as never, replace: true });
  },
});

/** Search parameters as plain texts; each page reads those it knows. */
function texts(search: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(search).map(([key, value]) => [key, String(value)]));
}

function page(path: string, load: () => Promise<{ default: () => React.ReactNode }>) {
  return createRoute({
    getParentRoute: () => tenant,
    path,
    component: lazyRouteComponent(load, 'default'),
    validateSearch: texts,
  });
}

const pages = [
  page('/dashboard', () => import('./reporting/DashboardPage.tsx')),
  page('/customers', () => import('./parties/CustomersPage.tsx')),
  page('/customers/$customerId', () => import('./parties/CustomerPage.tsx')),
  page('/invoices', () => import('./invoicing/InvoicesPage.tsx')),
  page('/invoices/new', () => import('./invoicing/NewInvoicePage.tsx')),
  page('/invoices/sending', () => import('./delivery/SendManyPage.tsx')),
  page('/invoices/drafts', () => import('./billing/DraftsPage.tsx')),
  page('/invoices/recurring', () => import('./billing/RecurringPage.tsx')),
  page('/invoices/recurring/new', () => import('./billing/RecurringEditor.tsx')),
  page('/invoices/recurring/$recurringId', () => import('./billing/OneRecurringPage.tsx')),
  page('/invoices/recurring/$recurringId/change', () => import('./billing/RecurringEditor.tsx')),
  page('/invoices/$invoiceId', () => import('./invoicing/InvoicePage.tsx')),
  page('/credit-notes/new', () => import('./invoicing/CreditPage.tsx')),
  page('/payments', () => import('./payments/PaymentsPage.tsx')),
  page('/payments/new', () => import('./payments/NewPaymentPage.tsx')),
  page('/payments/$paymentId', () => import('./payments/PaymentPage.tsx')),
  page('/bank', () => import('./payments/BankPage.tsx')),
  page('/bank/$statementId', () => import('./payments/StatementPage.tsx')),
  page('/tie-out', () => import('./reconciliation/TieOutPage.tsx')),
  page('/tie-out/$bankAccountId/$day', () => import('./reconciliation/TieOutDayPage.tsx')),
  page('/waiting-receipts', () => import('./clocks/WaitingReceiptsPage.tsx')),
  page('/bank-reconciliation/$bankAccountId', () => import('./reconciliation/ReconciliationPage.tsx')),
  page('/remittances', () => import('./remittances/RemittancesPage.tsx')),
  page('/remittances/$remittanceId', () => import('./remittances/RemittancePage.tsx')),
  page('/payouts', () => import('./payouts/PayoutsPage.tsx')),
  page('/postings', () => import('./postings/PostingsPage.tsx')),
  page('/returns', () => import('./returns/ReturnsPage.tsx')),
  page('/disputes', () => import('./disputes/DisputesPage.tsx')),
  page('/disputes/$disputeId', () => import('./disputes/DisputePage.tsx')),
  page('/write-offs', () => import('./writeoffs/WriteOffsPage.tsx')),
  page('/write-offs/many', () => import('./writeoffruns/WriteOffManyPage.tsx')),
  page('/write-offs/runs/$runId', () => import('./writeoffruns/WriteOffRunPage.tsx')),
  page('/refunds', () => import('./refunds/RefundsPage.tsx')),
  page('/hand-overs', () => import('./escalation/HandOversPage.tsx')),
  page('/hand-overs/$handOverId', () => import('./escalation/HandOverPage.tsx')),
  page('/holds', () => import('./holds/HoldsPage.tsx')),
  page('/worklist', () => import('./worklist/WorklistPage.tsx')),
  page('/worklist/collectors', () => import('./worklist/CollectorsPage.tsx')),
  page('/worklist/rules', () => import('./worklist/RulesPage.tsx')),
  page('/worklist/next', () => import('./worklist/DeskPage.tsx')),
  page('/tasks', () => import('./tasks/TasksPage.tsx')),
  page('/tasks/rules', () => import('./tasks/TaskRulesPage.tsx')),
  page('/inbox', () => import('./inbox/InboxPage.tsx')),
  page('/inbox/set-up', () => import('./inbox/InboxSetUpPage.tsx')),
  page('/inbox/$conversationId', () => import('./inbox/ConversationPage.tsx')),
  page('/promises', () => import('./promises/PromisesPage.tsx')),
  page('/policies', () => import('./policies/PoliciesPage.tsx')),
  page('/policies/$setId', () => import('./policies/PolicySetPage.tsx')),
  page('/experiments', () => import('./experiments/ExperimentsPage.tsx')),
  page('/reminders', () => import('./collections/RemindersPage.tsx')),
  page('/statements', () => import('./statements/StatementsPage.tsx')),
  page('/workbench', () => import('./workbench/WorkbenchPage.tsx')),
  page('/workbench/learnt', () => import('./workbench/LearntPage.tsx')),
  page('/charges', () => import('./charges/ChargesPage.tsx')),
  page('/charges/$chargeId', () => import('./charges/ChargePage.tsx')),
  page('/approvals', () => import('./approvals/ApprovalsPage.tsx')),
  page('/approvals/duties', () => import('./approvals/DutiesPage.tsx')),
  page('/approvals/$approvalId', () => import('./approvals/ApprovalPage.tsx')),
  page('/send-gate', () => import('./gate/SendGatePage.tsx')),
  page('/outbox', () => import('./delivery/OutboxPage.tsx')),
  page('/outbox/$messageId', () => import('./delivery/MessagePage.tsx')),
  page('/delivery-problems', () => import('./delivery/ProblemsPage.tsx')),
  page('/portal-uploads', () => import('./uploads/PortalUploadsPage.tsx')),
  page('/letters', () => import('./delivery/LettersPage.tsx')),
  page('/templates', () => import('./delivery/TemplatesPage.tsx')),
  page('/stopped-addresses', () => import('./delivery/StoppedAddressesPage.tsx')),
  page('/reports/aging', () => import('./reporting/AgingPage.tsx')),
  page('/reports/dso', () => import('./reporting/DsoPage.tsx')),
  page('/reports/effects', () => import('./effects/EffectsPage.tsx')),
  page('/reports/verify', () => import('./reporting/VerifyPage.tsx')),
  page('/import', () => import('./integrations/ImportPage.tsx')),
  page('/settings', () => import('./identity/SettingsPage.tsx')),
];

export const router = createRouter({
  routeTree: root.addChildren([start, signIn, tenant.addChildren([tenantHome, ...pages])]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search as Record<string, unknown>)
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([key, value]) => [key, String(value)]),
    ).toString();
    return text === '' ? '' : `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

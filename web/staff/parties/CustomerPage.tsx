// One customer: what is owed, what happened, who to write to. The facts a collector wants stand first.

import { Badge, Button, Group, SimpleGrid, Stack, Tabs, Text } from '@mantine/core';
import { IconCash, IconPlus, IconReceiptRefund } from '@tabler/icons-react';
import { issueInvoice } from '#invoicing/contract.ts';
import { readCustomer } from '#parties/contract.ts';
import { listCustomerItems, readCustomerOverview } from '#reporting/contract.ts';
import { useAddress, useGo, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useRead } from '../../lib/data.ts';
import { dayWords, lateWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { heading } from '../../lib/words.ts';
import { AgingStrip } from '../../ui/AgingStrip.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { useTabInView } from '../../ui/useTabInView.ts';
import { CallList } from '../calls/CallList.tsx';
import { CustomerCharging } from '../charges/CustomerCharging.tsx';
import { CustomerChecks } from '../checks/CustomerChecks.tsx';
import { Comments } from '../comments/Comments.tsx';
import { CustomerConsent } from '../consents/CustomerConsent.tsx';
import { CustomerDelivery } from '../delivery/CustomerDelivery.tsx';
import { CustomerTolerance } from '../differences/CustomerTolerance.tsx';
import { DisputeList } from '../disputes/DisputesPage.tsx';
import { CustomerEscalation } from '../escalation/CustomerEscalation.tsx';
import { HandOverAlerts } from '../escalation/HandOverAlerts.tsx';
import { HoldAlerts } from '../holds/HoldAlerts.tsx';
import { HoldButton } from '../holds/HoldButton.tsx';
import { documentPath } from '../ledger/document-path.ts';
import { CustomerMatching } from '../paying/CustomerMatching.tsx';
import { LateDiscounts } from '../payments/LateDiscounts.tsx';
import { CustomerPolicy } from '../policies/CustomerPolicy.tsx';
import { PromiseList } from '../promises/PromisesPage.tsx';
import { CustomerNumbers } from '../receiving/CustomerNumbers.tsx';
import { CustomerCredit } from '../refunds/CustomerCredit.tsx';
import { CustomerReturns } from '../returns/CustomerReturns.tsx';
import { CustomerStatement } from '../statements/CustomerStatement.tsx';
import { CustomerTaskButton, CustomerTasks } from '../tasks/CustomerTasks.tsx';
import { useTerms } from '../terms/use-terms.ts';
import { CustomerPortal } from '../uploads/CustomerPortal.tsx';
import { Contacts } from './Contacts.tsx';
import { CustomerTimeline } from './CustomerTimeline.tsx';

export default function CustomerPage() {
  const customerId = usePathPart('customerId');
  const [search, setSearch] = useAddress();
  const go = useGo();
  const customer = useRead(readCustomer, { params: { customerId } });
  const terms = useTerms(customer.data?.paymentTermsId ?? null);
  const mayHold = useMay('hold.place');
  const mayRecord = useMay('payment.record');
  const mayCredit = useMay('invoice.credit');
  const tab = search.tab ?? 'items';
  const tabInView = useTabInView(tab);
  return (
    <Shown read={customer}>
      {(found) => (
        <Page
          title={found.name}
          subtitle={
            <Group gap="xs">
              <span>{found.number}</span>
              {found.country ? <span>· {found.country}</span> : null}
              {terms ? <span>· {terms.name}</span> : null}
              {found.parent ? (
                <span>
                  · belongs to{' '}
                  <TenantLink to={`customers/${found.parent.id}`}>{found.parent.name}</TenantLink>
                </span>
              ) : null}
              {found.archivedAt ? <Badge color="gray">archived</Badge> : null}
            </Group>
          }
          actions={
            <>
              <CustomerTaskButton customerId={customerId} />
              {mayHold ? <HoldButton customerId={customerId} /> : null}
              {mayRecord ? (
                <Button
                  variant="default"
                  leftSection={<IconCash size={16} aria-hidden />}
                  onClick={() => go(`payments/new?customer=${customerId}`)}
                >
                  Record a payment
                </Button>
              ) : null}
              {mayCredit ? (
                <Button
                  variant="default"
                  leftSection={<IconReceiptRefund size={16} aria-hidden />}
                  onClick={() => go(`credit-notes/new?customer=${customerId}`)}
                >
                  Credit note
                </Button>
              ) : null}
              <MayButton
                may={found.may.invoice}
                operation={issueInvoice}
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => go(`invoices/new?customer=${customerId}`)}
              >
                New invoice
              </MayButton>
            </>
          }
        >
          <HandOverAlerts customerId={customerId} />
          <HoldAlerts customerId={customerId} />
          <LateDiscounts customerId={customerId} />
          <CustomerReturns customerId={customerId} />
          <CustomerTasks customerId={customerId} />
          <Comments kind="customer" subjectId={customerId} />
          <div className="no-print">
            <Overview customerId={customerId} />
          </div>
          <Tabs value={tab} onChange={(value) => setSearch({ tab: value ?? '' })} keepMounted={false}>
            <Tabs.List ref={tabInView}>
              <Tabs.Tab value="items">Open items</Tabs.Tab>
              <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
              <Tabs.Tab value="statement">Statement</Tabs.Tab>
              <Tabs.Tab value="disputes">Disputes</Tabs.Tab>
              <Tabs.Tab value="calls">Calls</Tabs.Tab>
              <Tabs.Tab value="promises">Promises</Tabs.Tab>
              <Tabs.Tab value="escalation">Escalation</Tabs.Tab>
              <Tabs.Tab value="delivery">Delivery</Tabs.Tab>
              <Tabs.Tab value="checks">Checks</Tabs.Tab>
              <Tabs.Tab value="receipts">Receipts</Tabs.Tab>
              <Tabs.Tab value="interest">Interest</Tabs.Tab>
              <Tabs.Tab value="contacts">Contacts and details</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="items" pt="md">
              <Stack>
                <CustomerCredit customerId={customerId} />
                <OpenItems customerId={customerId} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="timeline" pt="md">
              <CustomerTimeline customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="statement" pt="md">
              <CustomerStatement customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="disputes" pt="md">
              <DisputeList customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="calls" pt="md">
              <CallList customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="promises" pt="md">
              <PromiseList customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="escalation" pt="md">
              <Stack>
                <CustomerEscalation customerId={customerId} />
                <CustomerPolicy customerId={customerId} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="delivery" pt="md">
              <Stack>
                <CustomerDelivery customerId={customerId} />
                <CustomerPortal customerId={customerId} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="checks" pt="md">
              <CustomerChecks customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="receipts" pt="md">
              <Stack>
                <CustomerMatching customerId={customerId} />
                <CustomerTolerance customer={found} />
                <CustomerNumbers customerId={customerId} />
                <CustomerConsent customerId={customerId} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="interest" pt="md">
              <CustomerCharging customerId={customerId} />
            </Tabs.Panel>
            <Tabs.Panel value="contacts" pt="md">
              <Contacts customer={found} />
            </Tabs.Panel>
          </Tabs>
        </Page>
      )}
    </Shown>
  );
}

function Overview({ customerId }: { readonly customerId: string }) {
  const overview = useRead(readCustomerOverview, { params: { customerId } });
  const go = useGo();
  return (
    <Shown read={overview}>
      {(found) => (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            {found.totals.map((total) => (
              <Figure
                key={`${total.company.id}${total.currency}`}
                label={`Owed · ${total.company.code} ${total.currency}`}
                note={
                  <>
                    overdue <Money value={total.figures.overdue} />
                  </>
                }
              >
                <Money value={total.figures.net} />
              </Figure>
            ))}
            {found.totals.length === 0 ? <Figure label="Owed">nothing</Figure> : null}
            <Figure
              label="Pays on average"
              note={
                found.averageDaysLate.payments > 0
                  ? `over ${found.averageDaysLate.payments} payments of a year`
                  : 'no payments in a year'
              }
            >
              {found.averageDaysLate.days === null ? '–' : lateness(found.averageDaysLate.days)}
            </Figure>
            <Figure
              label="Last payment"
              note={found.lastPayment ? dayWords(found.lastPayment.receivedOn) : 'none yet'}
              onOpen={found.lastPayment ? () => go(`payments/${found.lastPayment?.id}`) : undefined}
            >
              {found.lastPayment ? <Money value={found.lastPayment.amount} /> : '–'}
            </Figure>
            <Figure
              label="Last reminder"
              note={found.lastReminder ? (found.lastReminder.subject ?? 'on its way') : 'none yet'}
              onOpen={found.lastReminder ? () => go(`outbox/${found.lastReminder?.messageId}`) : undefined}
            >
              {found.lastReminder ? dayWords(found.lastReminder.at.slice(0, 10)) : '–'}
            </Figure>
          </SimpleGrid>
          {found.totals.map((total) => (
            <Panel key={`${total.company.id}${total.currency}`} title={`Aging in ${total.currency}`}>
              <AgingStrip buckets={found.buckets} amounts={total.figures.buckets} />
            </Panel>
          ))}
        </Stack>
      )}
    </Shown>
  );
}

function lateness(days: string): string {
  // Whole days: nobody pays at noon.
  const late = Math.round(Number(days));
  if (late === 0) return 'on the day';
  return `${Math.abs(late)} ${Math.abs(late) === 1 ? 'day' : 'days'} ${late > 0 ? 'late' : 'early'}`;
}

type Item = Reply<typeof listCustomerItems>['rows'][number];

const ITEM_COLUMNS: readonly Column<Item>[] = [
  {
    key: 'reference',
    title: 'Document',
    grow: 30,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.reference}
      </Text>
    ),
  },
  { key: 'kind', title: 'Kind', wideOnly: true, cell: (row) => heading(row.kind) },
  { key: 'posted', title: 'Issued', wideOnly: true, cell: (row) => dayWords(row.postedOn) },
  { key: 'due', title: 'Due', wideOnly: true, cell: (row) => dayWords(row.dueOn) },
  {
    key: 'late',
    title: 'Late',
    cell: (row) =>
      row.kind === 'invoice' ? (
        <span className={row.daysLate > 0 ? 'late' : ''}>{lateWords(row.daysLate)}</span>
      ) : (
        <Text size="sm" c="dimmed">
          –
        </Text>
      ),
  },
  {
    key: 'amount',
    title: 'Amount',
    numeric: true,
    wideOnly: true,
    cell: (row) => <Money value={row.amount} bare />,
  },
  { key: 'open', title: 'Open', numeric: true, cell: (row) => <Money value={row.open} /> },
];

function OpenItems({ customerId }: { readonly customerId: string }) {
  const go = useGo();
  const pages = usePages(listCustomerItems, { params: { customerId } });
  return (
    <Shown read={pages}>
      {() => (
        <DataTable
          label="Open items"
          columns={ITEM_COLUMNS}
          rows={rowsOf(pages.data)}
          keyOf={(row) => row.id}
          onOpen={(row) => {
            const path = documentPath(row);
            if (path) go(path);
          }}
          onEnd={() => readOn(pages)}
          loadingMore={pages.isFetchingNextPage}
          empty={<Empty title="Nothing is open">All invoices are paid and no credit is left over.</Empty>}
        />
      )}
    </Shown>
  );
}

// One invoice or credit note: what it says, what was paid, what it did to the books, and the paper itself.

import {
  Alert,
  Anchor,
  Badge,
  Button,
  Grid,
  Group,
  SimpleGrid,
  Skeleton,
  Stack,
  Table,
  Tabs,
  Text,
} from '@mantine/core';
import { IconBan, IconCopy, IconDiscount, IconDownload, IconReceiptRefund } from '@tabler/icons-react';
import { useState } from 'react';
import { copyInvoice } from '#billing/contract.ts';
import { addSupplement, creditInvoice, printInvoice, readInvoice, voidInvoice } from '#invoicing/contract.ts';
import { useAddress, useGo, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead, useUpload } from '../../lib/data.ts';
import { useFileUrl } from '../../lib/file.ts';
import { dayWords, lateWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { heading } from '../../lib/words.ts';
import { FactRow, Facts } from '../../ui/Facts.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { History } from '../../ui/History.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

import { InvoiceInterest } from '../charges/InvoiceInterest.tsx';
import { InvoiceDelivery } from '../delivery/InvoiceDelivery.tsx';
import { InvoiceDisputes } from '../disputes/InvoiceDisputes.tsx';
import { HandOverAlerts } from '../escalation/HandOverAlerts.tsx';
import { HoldAlerts } from '../holds/HoldAlerts.tsx';
import { documentPath } from '../ledger/document-path.ts';
import { EntriesTable } from '../ledger/EntriesTable.tsx';
import { InvoicePromises } from '../promises/PromisesPage.tsx';
import { InvoiceUpload } from '../uploads/InvoiceUpload.tsx';
import { WriteOffButton } from '../writeoffs/WriteOffDialog.tsx';
import { Attachments } from './Attachments.tsx';
import { DiscountsShown } from './DiscountsShown.tsx';
import { InSpiteOf } from './InSpiteOf.tsx';
import { InvoiceLines } from './InvoiceLines.tsx';
import { OfferDialog, offerableItems } from './OfferDialog.tsx';
import { Offers } from './Offers.tsx';
import { VoidDialog } from './VoidDialog.tsx';

export type Invoice = Reply<typeof readInvoice>;

export default function InvoicePage() {
  const invoiceId = usePathPart('invoiceId');
  const read = useRead(readInvoice, { params: { invoiceId } });
  return <Shown read={read}>{(invoice) => <InvoiceShown invoice={invoice} />}</Shown>;
}

function InvoiceShown({ invoice }: { readonly invoice: Invoice }) {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const mayReadMessages = useMay('message.read');
  const [dialog, setDialog] = useState<'void' | 'offer' | null>(null);
  const mayOffer = useMay('invoice.credit');
  const isOfferable =
    invoice.kind === 'invoice' && invoice.voidedOn === null && offerableItems(invoice).length > 0;
  const title = `${invoice.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${invoice.number}`;
  return (
    <Page
      title={title}
      subtitle={
        <Group gap="xs">
          <TenantLink to={`customers/${invoice.customer.id}`}>{invoice.customer.name}</TenantLink>
          <StateBadge state={invoice.daysLate > 0 ? 'overdue' : invoice.state} />
          {invoice.corrects ? (
            <span>
              corrects{' '}
              <TenantLink to={`invoices/${invoice.corrects.id}`}>{invoice.corrects.number}</TenantLink>
            </span>
          ) : null}
        </Group>
      }
      actions={
        <>
          {invoice.kind === 'invoice' && invoice.lines.length > 0 ? (
            <CopyButton invoiceId={invoice.id} />
          ) : null}
          <MayButton
            may={invoice.may.void}
            operation={voidInvoice}
            variant="default"
            leftSection={<IconBan size={16} aria-hidden />}
            onClick={() => setDialog('void')}
          >
            Void
          </MayButton>
          {mayOffer && isOfferable ? (
            <Button
              variant="default"
              leftSection={<IconDiscount size={16} aria-hidden />}
              onClick={() => setDialog('offer')}
            >
              Offer a discount
            </Button>
          ) : null}
          {invoice.kind === 'invoice' ? (
            <WriteOffButton number={invoice.number} items={invoice.items} />
          ) : null}
          {invoice.kind === 'invoice' ? (
            <MayButton
              may={invoice.may.credit}
              operation={creditInvoice}
              variant="default"
              leftSection={<IconReceiptRefund size={16} aria-hidden />}
              onClick={() => go(`credit-notes/new?invoice=${invoice.id}`)}
            >
              Credit
            </MayButton>
          ) : null}
        </>
      }
    >
      {invoice.kind === 'invoice' ? (
        <>
          <HandOverAlerts customerId={invoice.customer.id} documentId={invoice.id} />
          <HoldAlerts customerId={invoice.customer.id} documentId={invoice.id} />
        </>
      ) : null}
      {invoice.voidedOn ? (
        <Alert color="gray">
          Voided on {dayWords(invoice.voidedOn)}. Nothing is owed; the number stays used.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure
          label="Total"
          note={
            <>
              net <Money value={invoice.net} bare /> · tax <Money value={invoice.tax} bare />
              {invoice.discountTakenBack ? (
                <>
                  {' '}
                  · less <Money value={invoice.discountTakenBack.discount} bare /> discount
                </>
              ) : null}
            </>
          }
        >
          <Money value={invoice.total} />
        </Figure>
        <Figure
          label="Open"
          alarming={invoice.daysLate > 0}
          note={invoice.daysLate > 0 ? lateWords(invoice.daysLate) : undefined}
        >
          <Money value={invoice.open} />
        </Figure>
        <Figure label="Issued">{dayWords(invoice.issuedOn)}</Figure>
        <Figure
          label="Due"
          note={invoice.items.length > 1 ? `${invoice.items.length} instalments` : undefined}
        >
          {dayWords(invoice.dueOn)}
        </Figure>
      </SimpleGrid>
      <Tabs
        value={search.tab ?? 'document'}
        onChange={(tab) => setSearch({ tab: tab ?? '' })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="document">Document</Tabs.Tab>
          <Tabs.Tab value="payments">
            {invoice.kind === 'invoice' ? 'Paid by' : 'Applied to'} (
            {invoice.applications.filter((a) => a.reversesId === null && !a.reversed).length})
          </Tabs.Tab>
          {mayReadMessages ? <Tabs.Tab value="delivery">Delivery</Tabs.Tab> : null}
          {invoice.kind === 'invoice' ? <Tabs.Tab value="disputes">Disputes</Tabs.Tab> : null}
          {invoice.kind === 'invoice' ? <Tabs.Tab value="interest">Interest</Tabs.Tab> : null}
          <Tabs.Tab value="history">History</Tabs.Tab>
          <Tabs.Tab value="journal">Journal</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="document" pt="md">
          <Grid>
            <Grid.Col span={{ base: 12, lg: 7, xl: 6 }}>
              <Stack>
                <InvoiceLines invoice={invoice} />
                <InvoiceFacts invoice={invoice} />
                <IssuedFiles invoice={invoice} />
                {invoice.items.length > 1 ? <Instalments invoice={invoice} /> : null}
                <DiscountsShown invoice={invoice} />
                <InSpiteOf findings={invoice.findings} />
                <Offers invoice={invoice} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5, xl: 6 }}>
              <Paper invoice={invoice} title={title} />
            </Grid.Col>
          </Grid>
        </Tabs.Panel>
        <Tabs.Panel value="payments" pt="md">
          <Stack>
            <Applications invoice={invoice} />
            {invoice.kind === 'invoice' ? (
              <InvoicePromises customerId={invoice.customer.id} documentId={invoice.id} />
            ) : null}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="delivery" pt="md">
          <Stack>
            <InvoiceUpload documentId={invoice.id} />
            <InvoiceDelivery documentId={invoice.id} voided={invoice.voidedOn !== null} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="disputes" pt="md">
          <InvoiceDisputes invoice={invoice} />
        </Tabs.Panel>
        <Tabs.Panel value="interest" pt="md">
          <InvoiceInterest invoiceId={invoice.id} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <Happenings invoice={invoice} />
        </Tabs.Panel>
        <Tabs.Panel value="journal" pt="md">
          <EntriesTable entries={invoice.entries} />
        </Tabs.Panel>
      </Tabs>
      <VoidDialog invoice={invoice} opened={dialog === 'void'} onClose={() => setDialog(null)} />
      {dialog === 'offer' ? <OfferDialog invoice={invoice} onClose={() => setDialog(null)} /> : null}
    </Page>
  );
}

/** Begins a draft that says the same. */
function CopyButton({ invoiceId }: { readonly invoiceId: string }) {
  const go = useGo();
  const mayIssue = useMay('invoice.issue');
  const copy = useCommand(copyInvoice);
  if (!mayIssue) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconCopy size={16} aria-hidden />}
      loading={copy.isPending}
      onClick={() =>
        copy.mutate(
          { params: { invoiceId } },
          { onSuccess: ({ draftId }) => go(`invoices/new?draft=${draftId}`) },
        )
      }
    >
      Copy
    </Button>
  );
}

function InvoiceFacts({ invoice }: { readonly invoice: Invoice }) {
  const facts = [
    [
      'Billed to',
      invoice.content && invoice.content.buyer.name !== invoice.customer.name
        ? invoice.content.buyer.name
        : null,
    ],
    ['Purchase order', invoice.purchaseOrder],
    ['Buyer reference', invoice.content?.references.buyerReference ?? null],
    ['Contract', invoice.content?.references.contract ?? null],
    ['Project', invoice.content?.references.project ?? null],
    ['Payment reference', invoice.paymentReference],
    ['Id in the other system', invoice.externalId],
    ['Reason', reasonWords(invoice)],
    ['Note', invoice.note],
    ['Company', invoice.company.name],
    ['Exchange rate', invoice.rate === '1' ? null : invoice.rate],
    ['Recorded', momentWords(invoice.recordedAt)],
  ] as const;
  return (
    <Panel title="Facts">
      <Facts facts={facts}>
        {invoice.creditNotes.map((note) => (
          <FactRow key={note.id} name="Credit note">
            <TenantLink to={`invoices/${note.id}`}>{note.number}</TenantLink> · <Money value={note.total} />
          </FactRow>
        ))}
      </Facts>
    </Panel>
  );
}

/** The files it was issued with, and supplements. */
function IssuedFiles({ invoice }: { readonly invoice: Invoice }) {
  const upload = useUpload(addSupplement);
  const mayAdd = useMay('invoice.issue');
  return (
    <Attachments
      files={invoice.attachments}
      share={upload.share}
      problem={upload.error}
      mayAdd={mayAdd}
      says="Added now, it is listed as a supplement and goes along with messages from now on."
      onFile={(file) => upload.mutateAsync({ input: { params: { invoiceId: invoice.id } }, file })}
    />
  );
}

/** Why a credit note was given. */
function reasonWords({ reasonCode, reasonLabel, reason }: Invoice): string | null {
  if (reasonCode === 'other' && reason !== null) return reason;
  return reason === null ? reasonLabel : `${reasonLabel}: ${reason}`;
}

function Instalments({ invoice }: { readonly invoice: Invoice }) {
  return (
    <Panel title="Instalments">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Due</Table.Th>
            <Table.Th className="numeric">Amount</Table.Th>
            <Table.Th className="numeric">Open</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoice.items.map((item) => (
            <Table.Tr key={item.id}>
              <Table.Td>
                {dayWords(item.dueOn)}{' '}
                {item.daysLate > 0 && item.open.amount !== '0.00' ? (
                  <span className="late">{lateWords(item.daysLate)}</span>
                ) : null}
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={item.amount} bare />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={item.open} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

const WITHOUT_DATA_WORDS = {
  voided: 'The PDF carries no data, because the document is voided.',
  invoice_without_content: 'The PDF carries no data: the document was taken over by its total.',
  einvoice_not_valid:
    'The PDF carries no data, because they would break the rules of EN 16931. Complete the company and the customer before the next one.',
} as const;

function Paper({ invoice, title }: { readonly invoice: Invoice; readonly title: string }) {
  const file = useFileUrl(printInvoice, { params: { invoiceId: invoice.id } });
  return (
    <Panel
      title="PDF"
      actions={
        file.url ? (
          <Anchor href={file.url} download={`${invoice.number}.pdf`} size="sm">
            <Group gap={4}>
              <IconDownload size={15} aria-hidden /> Save
            </Group>
          </Anchor>
        ) : null
      }
    >
      <Text size="sm" c="dimmed" mb="xs">
        {invoice.withoutData === null
          ? 'The PDF carries the document as data too (Factur-X, EN 16931).'
          : WITHOUT_DATA_WORDS[invoice.withoutData]}
      </Text>
      {file.error ? <Trouble problem={file.error} /> : null}
      {file.url ? <Sheet url={file.url} title={`${title} as PDF`} /> : null}
      {file.url || file.error ? null : <Skeleton h={760} />}
    </Panel>
  );
}

function Applications({ invoice }: { readonly invoice: Invoice }) {
  const go = useGo();
  if (invoice.applications.length === 0) {
    return (
      <Panel>
        <Empty
          title="Nothing was applied yet"
          action={
            <Button variant="default" onClick={() => go('payments?state=unapplied')}>
              See unapplied payments
            </Button>
          }
        >
          Payments and credits that settle this document will stand here.
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel>
      <Scroll minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>On</Table.Th>
              <Table.Th>By</Table.Th>
              <Table.Th>How</Table.Th>
              <Table.Th className="numeric">Amount</Table.Th>
              <Table.Th className="numeric">Discount</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invoice.applications.map((application) => {
              const path = documentPath(application.other);
              return (
                <Table.Tr key={application.id}>
                  <Table.Td title={momentWords(application.recordedAt)}>
                    {dayWords(application.appliedOn)}
                  </Table.Td>
                  <Table.Td>
                    {path ? (
                      <TenantLink to={path}>{application.other.reference}</TenantLink>
                    ) : (
                      application.other.reference
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={6}>
                      {application.method.replace('_', ' ')}
                      {application.reversesId ? <Badge color="gray">taken back</Badge> : null}
                      {application.reversed ? <Badge color="gray">was taken back</Badge> : null}
                    </Group>
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={application.amount} />
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={application.discount} bare />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}

function Happenings({ invoice }: { readonly invoice: Invoice }) {
  return (
    <Panel>
      <History
        entries={invoice.events.map((event) => ({
          key: event.id,
          title: heading(event.type),
          when: `${momentWords(event.recordedAt)} · ${event.actor}`,
        }))}
      />
      {invoice.events.length === 0 ? (
        <Text size="sm" c="dimmed">
          Recorded {momentWords(invoice.recordedAt)} by an import.
        </Text>
      ) : null}
    </Panel>
  );
}

// One payment: who paid, for what, and the screen to apply it. What would happen is shown before it happens.

import { Alert, Badge, Button, Grid, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconArrowForward, IconBuilding } from '@tabler/icons-react';
import { useState } from 'react';
import { getPayment, returnPayment, unapplyPayment } from '#payments/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { History } from '../../ui/History.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { documentPath } from '../ledger/document-path.ts';
import { PostingPanel } from '../postings/PostingPanel.tsx';
import { RefundButton } from '../refunds/RefundButton.tsx';
import { RecoverButton } from '../writeoffs/RecoverButton.tsx';
import { ApplyForm } from './ApplyForm.tsx';
import { Certificate } from './Certificate.tsx';
import { CreditsBeside } from './CreditsBeside.tsx';
import { IdentifyForm } from './IdentifyForm.tsx';
import { OtherCompanyDialog } from './OtherCompanyDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';

/** What an item lost beside the money. */
const KEPT_BACK_WORDS = {
  small_balance: 'small difference',
  bank_charge: 'bank charge',
  agency_fee: 'fee of the agency',
} as const;

export type Payment = Reply<typeof getPayment>;

export default function PaymentPage() {
  const paymentId = usePathPart('paymentId');
  const read = useRead(getPayment, { params: { paymentId } });
  return <Shown read={read}>{(payment) => <PaymentShown key={payment.paymentId} payment={payment} />}</Shown>;
}

function PaymentShown({ payment }: { readonly payment: Payment }) {
  const [returning, setReturning] = useState(false);
  const [elsewhere, setElsewhere] = useState(false);
  const received = payment.direction === 'received';
  return (
    <Page
      title={`${received ? 'Payment' : 'Refund'} ${payment.number}`}
      subtitle={
        <Group gap="xs">
          {payment.customer ? (
            <TenantLink to={`customers/${payment.customer.id}`}>{payment.customer.name}</TenantLink>
          ) : (
            <span>{payment.payerName ?? 'Not known who paid'}</span>
          )}
          <StateBadge state={payment.state} />
        </Group>
      }
      actions={
        <>
          {received && payment.customer && payment.may.apply !== 'payment_returned' && !isNothing(payment) ? (
            <RefundButton
              customerId={payment.customer.id}
              from={{ companyId: payment.companyId, unapplied: payment.free }}
            />
          ) : null}
          {received && payment.customer && payment.may.apply === true && !isNothing(payment) ? (
            <RecoverButton paymentId={payment.paymentId} />
          ) : null}
          {payment.otherCompanies.length > 0 && payment.may.handOver === true ? (
            <Button
              variant="default"
              leftSection={<IconBuilding size={16} aria-hidden />}
              onClick={() => setElsewhere(true)}
            >
              Use for another company
            </Button>
          ) : null}
          <MayButton
            may={payment.may.return}
            operation={returnPayment}
            variant="default"
            leftSection={<IconArrowForward size={16} aria-hidden />}
            onClick={() => setReturning(true)}
          >
            Record a return
          </MayButton>
        </>
      }
    >
      {payment.returned ? (
        <Alert color="red" title={`Came back on ${dayWords(payment.returned.on)}`}>
          {payment.returned.reason ?? 'No reason given'}. What it had settled is open again.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure label="Amount">
          <Money value={payment.amount} />
        </Figure>
        <Figure label="Unapplied">
          <Money value={payment.unapplied} />
          {payment.free.amount === payment.unapplied.amount ? null : (
            <Text size="xs" c="dimmed">
              <Money value={payment.free} /> free: the rest was granted back as a refund
            </Text>
          )}
        </Figure>
        <Figure label="Value date">{dayWords(payment.receivedOn)}</Figure>
        <Figure label="How">{heading(payment.method)}</Figure>
      </SimpleGrid>
      <Evidence payment={payment} />
      {payment.certificate ? <Certificate certified={payment.certificate} /> : null}
      {payment.may.identify === true && !payment.customer ? <IdentifyForm payment={payment} /> : null}
      {payment.may.apply === true ? <ApplyForm payment={payment} /> : null}
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Applications payment={payment} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="md">
            <PostingPanel paymentId={payment.paymentId} />
            <Panel title="History">
              <History
                entries={payment.events.map((event) => ({
                  key: event.eventId,
                  title: heading(event.type),
                  when: `${momentWords(event.recordedAt)} · ${event.actor}`,
                }))}
              />
            </Panel>
          </Stack>
        </Grid.Col>
      </Grid>
      {elsewhere ? <OtherCompanyDialog payment={payment} onClose={() => setElsewhere(false)} /> : null}
      <ReturnDialog payment={payment} opened={returning} onClose={() => setReturning(false)} />
    </Page>
  );
}

/** Whether nothing is left on account of it. */
function isNothing({ unapplied }: Payment): boolean {
  return /^-?[0.]*$/.test(unapplied.amount);
}

function Evidence({ payment }: { readonly payment: Payment }) {
  const line = payment.statementLine;
  const facts = [
    ['Payer', line?.payerName ?? payment.payerName],
    ['Account', line?.payerAccount ?? payment.payerAccount],
    ['Structured reference', line?.structuredReference ?? null],
    ['Text', line?.remittance || payment.reference || null],
    ['End-to-end id', line?.endToEndId ?? null],
    ['Bank reference', line?.bankReference ?? null],
  ] as const;
  const shown = facts.filter(([, value]) => value !== null);
  if (shown.length === 0) return null;
  return (
    <Panel title="What the bank said">
      <Facts facts={shown} />
    </Panel>
  );
}

function Applications({ payment }: { readonly payment: Payment }) {
  const takeBack = useCommand(unapplyPayment);
  const standing = payment.applications.filter((a) => a.takenBackOn === null);
  const elsewhere = new Map(payment.handovers.map((one) => [one.applicationId, one.company.name]));
  const undo = (applicationIds?: readonly string[]): void =>
    takeBack.mutate(
      {
        params: { paymentId: payment.paymentId },
        body: applicationIds ? { applicationIds: [...applicationIds] } : {},
      },
      {
        onSuccess: (done) =>
          notifications.show({
            message: `${done.takenBack.length} taken back; ${done.unapplied.amount} ${done.unapplied.currency} unapplied.`,
          }),
      },
    );
  return (
    <Panel
      title="Applied to"
      actions={
        standing.length > 1 && payment.may.unapply === true ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            loading={takeBack.isPending}
            onClick={() => undo()}
          >
            Take all back
          </Button>
        ) : null
      }
    >
      {takeBack.error ? <Trouble problem={takeBack.error} /> : null}
      {payment.applications.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing yet.
        </Text>
      ) : (
        <Scroll minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Document</Table.Th>
                <Table.Th>On</Table.Th>
                <Table.Th>How</Table.Th>
                <Table.Th className="numeric">Amount</Table.Th>
                <Table.Th aria-label="Undo" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {payment.applications.map((a) => {
                const path = documentPath(a);
                return (
                  <Table.Tr key={a.applicationId}>
                    <Table.Td>
                      {path ? <TenantLink to={path}>{a.reference}</TenantLink> : a.reference}
                      {elsewhere.has(a.applicationId) ? (
                        <Text size="xs" c="dimmed">
                          of {elsewhere.get(a.applicationId)}
                        </Text>
                      ) : null}
                    </Table.Td>
                    <Table.Td>{dayWords(a.appliedOn)}</Table.Td>
                    <Table.Td>
                      {a.takenBackOn ? (
                        <Badge color="gray">taken back {dayWords(a.takenBackOn)}</Badge>
                      ) : a.evidence && a.method !== 'manual' ? (
                        <Badge color="teal">without a person</Badge>
                      ) : (
                        a.method.replace('_', ' ')
                      )}
                    </Table.Td>
                    <Table.Td className="numeric">
                      <Money value={a.amount} />
                      {a.discount.amount.replace(/[0.]/g, '') === '' ? null : (
                        <Text size="xs" c="dimmed" component="div">
                          + discount <Money value={a.discount} bare />
                        </Text>
                      )}
                      {a.difference.amount.replace(/[0.]/g, '') === '' ? null : (
                        <Text size="xs" c="dimmed" component="div">
                          + {KEPT_BACK_WORDS[a.differenceKind]} <Money value={a.difference} bare />
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td className="numeric">
                      {a.takenBackOn === null && payment.may.unapply === true ? (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          loading={takeBack.isPending}
                          onClick={() => undo([a.applicationId])}
                        >
                          Take back
                        </Button>
                      ) : null}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <CreditsBeside credits={payment.credits} />
    </Panel>
  );
}

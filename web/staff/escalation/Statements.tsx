// What agencies say they collected: their file is looked at beside what was agreed, and booked with the receipt that brought the money.

import { Badge, Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  bookAgencyStatement,
  listAgencies,
  listAgencyStatements,
  lookAtAgencyStatement,
} from '#escalation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead, useUpload } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Look = Reply<typeof lookAtAgencyStatement>;

const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  agency_line_unknown: 'not with this agency',
  agency_line_unclear: 'an invoice and another hand-over have that number',
  agency_line_of_several: 'name the invoice: the hand-over has several',
  agency_line_not_valid: 'does not add up',
  agency_fee_differs: 'another fee than agreed',
  exceeds_open: 'more than is open',
  wrong_company: 'of another company',
  wrong_currency: 'in another currency',
};

/** What each column of a statement holds, in words. */
const ROLE_WORDS = {
  reference: 'Number of the invoice',
  collected: 'What the debtor paid',
  fee: 'Their fee',
  tax: 'Tax on the fee',
  remitted: 'What they pass on',
} as const;
type Role = keyof typeof ROLE_WORDS;
const ROLES = Object.keys(ROLE_WORDS) as Role[];

type Columns = {
  readonly headings: { readonly [role in Role]?: string | undefined };
  readonly decimal?: '.' | ',';
};

export function Statements() {
  const read = useRead(listAgencyStatements, { query: {} });
  const [isNew, setNew] = useState(false);
  return (
    <Shown read={read}>
      {({ rows, may }) => (
        <Stack>
          {may.book === true && !isNew ? (
            <Group>
              <Button onClick={() => setNew(true)}>Book a statement</Button>
            </Group>
          ) : null}
          {isNew ? <NewStatement onClose={() => setNew(false)} /> : null}
          <Panel>
            {rows.length === 0 ? (
              <Empty title="No statements yet">
                What an agency collected, kept and passed on, as its statement says it.
              </Empty>
            ) : (
              <Scroll minWidth={640} label="Statements of agencies">
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Statement</Table.Th>
                      <Table.Th>Agency</Table.Th>
                      <Table.Th>Of</Table.Th>
                      <Table.Th className="numeric">Collected</Table.Th>
                      <Table.Th className="numeric">Fee and tax</Table.Th>
                      <Table.Th className="numeric">Passed on</Table.Th>
                      <Table.Th>Receipt</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row) => (
                      <Table.Tr key={row.statementId}>
                        <Table.Td>
                          {row.reference}{' '}
                          {row.stands ? null : (
                            <Badge color="gray" variant="light">
                              taken back
                            </Badge>
                          )}
                        </Table.Td>
                        <Table.Td>{row.agency.name}</Table.Td>
                        <Table.Td>{dayWords(row.statedOn)}</Table.Td>
                        <Table.Td className="numeric">
                          <Money value={row.collected} />
                        </Table.Td>
                        <Table.Td className="numeric">
                          <Money value={row.fee} bare /> + <Money value={row.tax} bare />
                        </Table.Td>
                        <Table.Td className="numeric">
                          <Money value={row.remitted} />
                        </Table.Td>
                        <Table.Td>
                          <TenantLink to={`payments/${row.payment.paymentId}`}>
                            {row.payment.number}
                          </TenantLink>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
            )}
          </Panel>
        </Stack>
      )}
    </Shown>
  );
}

function NewStatement({ onClose }: { onClose(): void }) {
  const agencies = useRead(listAgencies).data?.rows ?? [];
  const companies = useCompanies();
  const [agencyId, setAgencyId] = useState<string | null>(null);
  const [companyId, setCompanyId] = useState('');
  const [file, setFile] = useState<File>();
  const [columns, setColumns] = useState<Columns>();
  const looking = useUpload(lookAtAgencyStatement);
  const currency = companies?.find(({ id }) => id === companyId)?.functionalCurrency;
  const look = (chosen: File, said: Columns | undefined): void => {
    if (!agencyId || !currency) return;
    setFile(chosen);
    looking.mutate({
      input: {
        params: { agencyId },
        query: { companyId, currency, ...(said ? { columns: JSON.stringify(said) } : {}) },
      },
      file: chosen,
      rehearse: true,
    });
  };
  const asksColumns =
    looking.error?.code === 'agency_headings_missing' || looking.error?.code === 'agency_decimal_unclear';
  return (
    <Panel title="Book a statement">
      <Stack>
        <Group align="flex-end">
          <Select
            label="Agency"
            required
            data-autofocus
            data={agencies.map((one) => ({ value: one.agencyId, label: one.name }))}
            value={agencyId}
            onChange={setAgencyId}
            style={{ flex: '1 1 220px' }}
          />
          <CompanySelect value={companyId} onChange={setCompanyId} />
        </Group>
        <DropArea
          title="Their statement"
          says="CSV, Excel or a PDF with text: one row for each payment of a debtor."
          accept=".csv,.txt,.xlsx,.pdf"
          share={looking.share}
          disabled={!agencyId || !currency}
          onFile={(chosen) => look(chosen, columns)}
        />
        {looking.error ? <Trouble problem={looking.error} /> : null}
        {file && asksColumns ? (
          <ColumnFields
            headings={headingsOf(looking.error?.facts.headings)}
            columns={asRead(columns, looking.error?.facts.found)}
            onKeep={(said) => {
              setColumns(said);
              look(file, said);
            }}
          />
        ) : null}
        {looking.data && agencyId ? (
          <Booking
            key={looking.data.sums.remitted.amount}
            look={looking.data}
            place={{ agencyId, companyId }}
            columns={columns && { ...columns, headings: looking.data.columns.headings }}
            onDone={onClose}
          />
        ) : (
          <Group>
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}

/** What was said of columns, and where nothing was said what a refusal tells was found. */
export function asRead<Said extends { readonly headings: object }>(
  said: Said | undefined,
  found: unknown,
): Said | undefined {
  if (!Array.isArray(found)) return said;
  const headings = Object.fromEntries(
    (found as readonly { readonly role: string; readonly heading: string }[]).map((one) => [
      one.role,
      one.heading,
    ]),
  );
  return { ...said, headings: { ...headings, ...said?.headings } } as Said;
}

/** The headings of a file, as a refusal names them. */
export function headingsOf(fact: unknown): readonly string[] {
  return Array.isArray(fact)
    ? fact.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
}

type ColumnFieldsProps = {
  readonly headings: readonly string[];
  readonly columns: Columns | undefined;
  onKeep(columns: Columns): void;
};

/** Under which heading what stands. Said once, it is kept for the next file of the agency. */
function ColumnFields({ headings, columns, onKeep }: ColumnFieldsProps) {
  const [chosen, setChosen] = useState<Columns['headings']>(columns?.headings ?? {});
  const [decimal, setDecimal] = useState<string | null>(columns?.decimal ?? null);
  return (
    <Stack gap="xs">
      <Text size="sm">Say which column holds what. It is kept for the next file of this agency.</Text>
      <Group align="flex-end">
        {ROLES.map((role) => (
          <Select
            key={role}
            label={ROLE_WORDS[role]}
            required={role === 'reference' || role === 'collected'}
            clearable
            data={[...new Set(headings)]}
            value={chosen[role] ?? null}
            onChange={(heading) => setChosen((before) => ({ ...before, [role]: heading ?? undefined }))}
            style={{ flex: '1 1 180px' }}
          />
        ))}
        <Select
          label="Decimals"
          clearable
          placeholder="as found"
          data={[
            { value: ',', label: 'after a comma' },
            { value: '.', label: 'after a point' },
          ]}
          value={decimal}
          onChange={setDecimal}
          style={{ flex: '1 1 140px' }}
        />
      </Group>
      <Group>
        <Button
          variant="default"
          disabled={!chosen.reference || !chosen.collected}
          onClick={() =>
            onKeep({
              headings: Object.fromEntries(
                ROLES.flatMap((role) => (chosen[role] ? [[role, chosen[role]]] : [])),
              ),
              ...(decimal === '.' || decimal === ',' ? { decimal } : {}),
            })
          }
        >
          Read it so
        </Button>
      </Group>
    </Stack>
  );
}

type BookingProps = {
  readonly look: Look;
  readonly place: { readonly agencyId: string; readonly companyId: string };
  readonly columns: Columns | undefined;
  onDone(): void;
};

/** Where several receipts have the same amount left, a person says which it was. */
function onlyReceipt({ receipts }: Look): string | null {
  return receipts.length === 1 ? (receipts[0]?.paymentId ?? null) : null;
}

function Booking({ look, place, columns, onDone }: BookingProps) {
  const book = useCommand(bookAgencyStatement);
  const [reference, setReference] = useState('');
  const [statedOn, setStatedOn] = useState('');
  const [paymentId, setPaymentId] = useState<string | null>(onlyReceipt(look));
  const [note, setNote] = useState('');
  const problems = look.lines.filter((line) => line.problem !== null);
  const isFeeOnly = problems.every((line) => line.problem === 'agency_fee_differs');
  const submit = (): void => {
    const words = filled(note);
    book.mutate(
      {
        params: { agencyId: place.agencyId },
        body: {
          companyId: place.companyId,
          reference,
          statedOn,
          paymentId: paymentId ?? '',
          lines: look.lines.map(({ reference: number, collected, fee, tax, remitted }) => ({
            reference: number,
            collected,
            fee,
            tax,
            remitted,
          })),
          totals: look.totals,
          ...(words ? { note: words } : {}),
          ...(columns ? { columns } : {}),
        },
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Lines look={look} />
        <Group align="flex-start">
          <TextInput
            label="Number of the statement"
            required
            maxLength={100}
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
            style={{ flex: '1 1 180px' }}
          />
          <DayField label="Dated" required value={statedOn} onChange={setStatedOn} />
          <Select
            label="Receipt that brought the money"
            required
            error={
              look.receipts.length === 0
                ? 'No receipt has exactly that left. Import the bank statement first.'
                : undefined
            }
            data={look.receipts.map((one) => ({
              value: one.paymentId,
              label: `${one.number}, ${dayWords(one.receivedOn)}${one.payerName ? `, ${one.payerName}` : ''}`,
            }))}
            value={paymentId}
            onChange={setPaymentId}
            style={{ flex: '1 1 260px' }}
          />
        </Group>
        {problems.length > 0 && isFeeOnly ? (
          <TextInput
            label="Why the other fee is let pass"
            required
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        ) : null}
        {book.error ? <Trouble problem={book.error} /> : null}
        <Group>
          <Button type="submit" loading={book.isPending} disabled={!isFeeOnly || paymentId === null}>
            Book it
          </Button>
          <Button variant="default" onClick={onDone}>
            Leave it
          </Button>
          {isFeeOnly ? null : (
            <Text size="sm" c="dimmed">
              Mend the marked lines in the file first, or ask the agency.
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function Lines({ look }: { readonly look: Look }) {
  return (
    <Scroll minWidth={720} label="Lines of the statement">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Invoice</Table.Th>
            <Table.Th>Customer</Table.Th>
            <Table.Th className="numeric">Open</Table.Th>
            <Table.Th className="numeric">Collected</Table.Th>
            <Table.Th className="numeric">Fee</Table.Th>
            <Table.Th className="numeric">Tax</Table.Th>
            <Table.Th className="numeric">Passed on</Table.Th>
            <Table.Th>Is</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {look.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an invoice may have several lines, which never change places.
            <Table.Tr key={index}>
              <Table.Td>{line.reference}</Table.Td>
              <Table.Td>{line.customer?.name ?? '–'}</Table.Td>
              <Table.Td className="numeric">{line.open ? <Money value={line.open} bare /> : '–'}</Table.Td>
              <Table.Td className="numeric">
                <Money value={line.collected} bare />
              </Table.Td>
              <Agreed stated={line.fee} agreed={line.agreedFee} />
              <Agreed stated={line.tax} agreed={line.agreedTax} />
              <Table.Td className="numeric">
                <Money value={line.remitted} bare />
              </Table.Td>
              <Table.Td>
                {line.problem === null ? (
                  'as agreed'
                ) : (
                  <Badge color="orange" variant="light">
                    {PROBLEM_WORDS[line.problem] ?? line.problem}
                  </Badge>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={3}>Together</Table.Th>
            {(['collected', 'fee', 'tax', 'remitted'] as const).map((key) => (
              <Table.Th key={key} className="numeric">
                <Money value={look.sums[key]} bare />
              </Table.Th>
            ))}
            <Table.Th />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Scroll>
  );
}

/** What they take, and what was agreed where that is something else. */
function Agreed({ stated, agreed }: { readonly stated: MoneyValue; readonly agreed: MoneyValue | null }) {
  return (
    <Table.Td className="numeric">
      <Money value={stated} bare />
      {agreed && agreed.amount !== stated.amount ? (
        <Text size="xs" c="dimmed" component="div">
          agreed <Money value={agreed} bare />
        </Text>
      ) : null}
    </Table.Td>
  );
}

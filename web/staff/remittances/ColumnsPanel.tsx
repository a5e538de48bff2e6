// Saying once what the columns of a payer's list mean: the row of the headings, what each column holds, and at once what is read.

import { Alert, Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { COLUMN_ROLES, lookAtRemittanceFile, receiveRemittanceFile } from '#remittances/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useUpload } from '../../lib/data.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { FileRows } from '../../ui/FileRows.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';

type Look = Reply<typeof lookAtRemittanceFile>;
export type Role = (typeof COLUMN_ROLES)[number];
export type Roles = { readonly [Held in Role]?: number | undefined };

/** What a column can hold, in the words of the page. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  document: 'Document',
  amount: 'Amount paid',
  gross: 'Amount of the document',
  discount: 'Discount taken',
  deduction: 'Kept back',
  reason: 'Reason',
  claimNumber: 'Claim number',
  claimCode: 'Claim code',
};

/** Which sign stands before the decimals, as a person may say it. */
export const DECIMALS = [
  { value: '', label: 'as the list shows' },
  { value: '.', label: '1234.50' },
  { value: ',', label: '1234,50' },
];

/** Fields for what columns hold, under the names of a row of headings. */
export function RoleFields({
  headings,
  examples,
  roles,
  onChange,
}: {
  readonly headings: readonly string[];
  readonly examples: readonly string[];
  readonly roles: Roles;
  onChange(roles: Roles): void;
}) {
  const data = headings.map((heading, index) => {
    const example = (examples[index] ?? '').trim().slice(0, 24);
    const name = heading.trim() || `Column ${index + 1}`;
    return { value: String(index), label: example ? `${name} · ${example}` : name };
  });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      {COLUMN_ROLES.map((role) => (
        <Select
          key={role}
          label={ROLE_WORDS[role]}
          data={data}
          value={roles[role] === undefined ? null : String(roles[role])}
          placeholder={role === 'document' ? 'Choose' : 'Not in the list'}
          withAsterisk={role === 'document'}
          clearable
          searchable
          onChange={(value) => {
            const { [role]: _, ...rest } = roles;
            onChange(value === null ? rest : { ...rest, [role]: Number(value) });
          }}
        />
      ))}
    </SimpleGrid>
  );
}

/** Place of a column → what it holds. */
function heldBy(roles: Roles): ReadonlyMap<number, string> {
  return new Map(
    COLUMN_ROLES.flatMap((role) => {
      const place = roles[role];
      return place === undefined ? [] : [[place, ROLE_WORDS[role]] as const];
    }),
  );
}

type PanelProps = { readonly companyId: string; readonly file: File; onClose(): void };

export function ColumnsPanel({ companyId, file, onClose }: PanelProps) {
  const looking = useUpload(lookAtRemittanceFile);
  const { mutate } = looking;
  useEffect(() => mutate({ input: {}, file, rehearse: true }), [mutate, file]);
  return (
    <Panel title={`What the columns of ${file.name} mean`}>
      {looking.error ? <Trouble problem={looking.error} /> : null}
      {looking.data ? (
        <Choosing look={looking.data} companyId={companyId} file={file} onClose={onClose} />
      ) : null}
    </Panel>
  );
}

/** The row that names most columns, else the first with several cells; a title that stands alone is no row of headings. */
function bestRow({ rows }: Look): number {
  const several = rows.filter((row) => row.cells.filter((cell) => cell.trim() !== '').length > 1);
  const namedBy = (row: Look['rows'][number]): number => Object.keys(row.roles).length;
  const best = several.toSorted((a, b) => namedBy(b) - namedBy(a))[0];
  return best?.line ?? rows[0]?.line ?? 1;
}

/** Keys are pressed faster than a list should be read. */
const PAUSE_MS = 300;

function Choosing({ look, companyId, file, onClose }: PanelProps & { readonly look: Look }) {
  const go = useGo();
  const [line, setLine] = useState(() => bestRow(look));
  const row = look.rows.find((one) => one.line === line);
  const [roles, setRoles] = useState<Roles>(() => row?.roles ?? {});
  const [decimal, setDecimal] = useState<string | null>('');
  const [customerId, setCustomerId] = useState<string | undefined>(undefined);
  const trying = useUpload(receiveRemittanceFile);
  const sending = useUpload(receiveRemittanceFile);
  const isComplete =
    roles.document !== undefined && (roles.amount !== undefined || roles.gross !== undefined);
  const query = {
    companyId,
    columns: JSON.stringify({ line, roles }),
    ...(decimal === '.' || decimal === ',' ? { decimal: decimal as '.' | ',' } : {}),
    ...(customerId === undefined ? {} : { customerId }),
  } as const;
  const [asked] = useDebouncedValue(isComplete ? JSON.stringify(query) : '', PAUSE_MS);
  const { mutate } = trying;
  useEffect(() => {
    if (asked !== '') mutate({ input: { query: JSON.parse(asked) }, file, rehearse: true });
  }, [mutate, asked, file]);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        Said once, it is used for each list with these headings.
      </Text>
      <Group align="flex-end">
        <Select
          label="The headings stand in"
          data={look.rows.map((one) => ({
            value: String(one.line),
            label: `Row ${one.line}: ${one.cells.join(' | ').slice(0, 60)}`,
          }))}
          value={String(line)}
          allowDeselect={false}
          onChange={(value) => {
            setLine(Number(value));
            setRoles(look.rows.find((one) => one.line === Number(value))?.roles ?? {});
          }}
          style={{ flex: '1 1 280px' }}
        />
        <Select
          label="Decimals"
          data={DECIMALS}
          value={decimal}
          onChange={setDecimal}
          allowDeselect={false}
          w={170}
        />
      </Group>
      <RoleFields
        headings={row?.cells ?? []}
        examples={look.rows.find((one) => one.line > line)?.cells ?? []}
        roles={roles}
        onChange={setRoles}
      />
      <CustomerPicker
        label="Only for lists of"
        description="Left open, it counts for whoever sends these headings."
        value={customerId}
        onChange={(customer) => setCustomerId(customer?.id)}
      />
      <FileRows rows={look.rows} label="The first rows of the list" markedLine={line} held={heldBy(roles)} />
      {isComplete && trying.error ? <Trouble problem={trying.error} /> : null}
      {isComplete && trying.data && !trying.error ? <WouldRead read={trying.data} /> : null}
      {sending.error ? <Trouble problem={sending.error} /> : null}
      <Group>
        <Button
          disabled={!isComplete || trying.error !== null || trying.data === undefined}
          loading={sending.isPending}
          onClick={() =>
            sending.mutate(
              { input: { query }, file },
              { onSuccess: (done) => go(`remittances/${done.remittanceId}`) },
            )
          }
        >
          Keep it and take the list in
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </Group>
    </Stack>
  );
}

function WouldRead({ read }: { readonly read: Reply<typeof receiveRemittanceFile> }) {
  const isOff = Number(read.difference.amount) !== 0;
  return (
    <Alert color={isOff ? 'orange' : 'teal'} role="status" title={`${read.lineCount} lines are read`}>
      <Text size="sm" component="div">
        Payment <Money value={read.total} />
        {isOff ? (
          <>
            {'; the lines miss it by '}
            <Money value={read.difference} />
          </>
        ) : (
          '; the lines make exactly that.'
        )}
      </Text>
    </Alert>
  );
}

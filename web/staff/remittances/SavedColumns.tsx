// What people said of the columns of payers' lists: to see, to say anew, to forget.

import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  COLUMN_ROLES,
  changeRemittanceColumns,
  endRemittanceColumns,
  listRemittanceColumns,
} from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { DECIMALS, ROLE_WORDS, RoleFields, type Roles } from './ColumnsPanel.tsx';

type Row = Reply<typeof listRemittanceColumns>['rows'][number];

/** `Document: Ref A · Amount paid: Sum Q`. */
const rolesWords = ({ roles, headings }: Row): string =>
  COLUMN_ROLES.flatMap((role) => {
    const place = roles[role];
    return place === undefined ? [] : [`${ROLE_WORDS[role]}: ${headings[place] || `column ${place + 1}`}`];
  }).join(' · ');

export function SavedColumns() {
  const pages = usePages(listRemittanceColumns);
  const may = useMay('payment.apply');
  const [changing, setChanging] = useState<Row | null>(null);
  const rows = rowsOf(pages.data);
  if (rows.length === 0) return null;
  return (
    <Panel title="Columns as they were said">
      <Stack gap="sm">
        {rows.map((row) => (
          <Group key={row.columnsId} justify="space-between" wrap="wrap" align="flex-start">
            <div style={{ flex: '1 1 320px', minWidth: 0 }}>
              <Text size="sm" fw={550}>
                {rolesWords(row)}
              </Text>
              <Text size="sm" c="dimmed" component="div">
                {row.customer ? (
                  <>
                    lists of <TenantLink to={`customers/${row.customer.id}`}>{row.customer.name}</TenantLink>
                  </>
                ) : (
                  'whoever sends these headings'
                )}{' '}
                · version {row.version} · {row.chosenBy}, {momentWords(row.chosenAt)}
              </Text>
            </div>
            {may ? (
              <Button
                size="xs"
                variant="default"
                aria-label={`Change ${rolesWords(row)}`}
                onClick={() => setChanging(row)}
              >
                Change
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
      <ShowMore pages={pages} variant="subtle" size="xs" />
      {changing ? <ChangeDialog row={changing} onClose={() => setChanging(null)} /> : null}
    </Panel>
  );
}

function ChangeDialog({ row, onClose }: { readonly row: Row; onClose(): void }) {
  const [roles, setRoles] = useState<Roles>(row.roles);
  const [decimal, setDecimal] = useState<string>(row.decimal ?? '');
  const change = useCommand(changeRemittanceColumns);
  const end = useCommand(endRemittanceColumns);
  const params = { columnsId: row.columnsId };
  const problem = change.error ?? end.error;
  return (
    <Modal opened onClose={onClose} title="What these columns mean" size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          {row.headings.filter((heading) => heading.trim() !== '').join(' | ')}
        </Text>
        <RoleFields headings={row.headings} examples={[]} roles={roles} onChange={setRoles} />
        <Select
          label="Decimals"
          data={DECIMALS}
          value={decimal}
          onChange={(value) => setDecimal(value ?? '')}
          allowDeselect={false}
          w={200}
        />
        <Text size="sm" c="dimmed">
          Lists that came in before stay as they were read.
        </Text>
        {problem ? <Trouble problem={problem} /> : null}
        <Group justify="space-between">
          <Button
            loading={change.isPending}
            onClick={() =>
              change.mutate(
                { params, body: { roles, decimal: decimal === '.' || decimal === ',' ? decimal : null } },
                { onSuccess: onClose },
              )
            }
          >
            Keep as a new version
          </Button>
          <Button
            variant="subtle"
            color="red"
            loading={end.isPending}
            onClick={() => end.mutate({ params, body: {} }, { onSuccess: onClose })}
          >
            Forget it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

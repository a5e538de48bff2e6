// Who decides what: for each kind of decision its rules as a staircase. Owners change them.

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { listPolicies } from '#approvals/contract.ts';
import { useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { BandStairs, type PolicyShown } from './BandStairs.tsx';
import { PolicyDialog } from './PolicyDialog.tsx';

export function Policies() {
  const read = useRead(listPolicies);
  const mayManage = useMay('approval.manage');
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={680}>
          What somebody may not do alone is asked of others, who approve exactly what they saw. Rules that
          change hold for requests to come.
        </Text>
        <TenantLink to="approvals/duties">Are duties kept apart?</TenantLink>
      </Group>
      <Shown read={read}>
        {({ policies }) => (
          <>
            {policies.map((policy) => (
              <PolicyPanel
                key={policy.kind}
                policy={policy}
                from={policies.find((other) => other.kind === policy.from)?.title}
                onEdit={mayManage ? () => setEdited(policy.kind) : undefined}
              />
            ))}
            {policies
              .filter((policy) => policy.kind === edited)
              .map((policy) => (
                <PolicyDialog key={policy.kind} policy={policy} onClose={() => setEdited(null)} />
              ))}
          </>
        )}
      </Shown>
    </Stack>
  );
}

function PolicyPanel({
  policy,
  from,
  onEdit,
}: {
  readonly policy: PolicyShown;
  readonly from: string | undefined;
  readonly onEdit: (() => void) | undefined;
}) {
  const isInherited = policy.from !== null && policy.from !== policy.kind;
  return (
    <Panel
      title={policy.title}
      actions={
        onEdit ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden />}
            aria-label={`${policy.version === 0 ? 'Set rules' : 'Change'}: ${policy.title}`}
            onClick={onEdit}
          >
            {policy.version === 0 ? 'Set rules' : 'Change'}
          </Button>
        ) : null
      }
    >
      {isInherited ? (
        <Text size="sm" c="dimmed">
          By the rules of “{from}”.
        </Text>
      ) : (
        <Stack gap="xs">
          <BandStairs bands={policy.bands} order={policy.order} />
          <Text size="xs" c="dimmed">
            {policy.version === 0
              ? 'Nobody set rules for this yet; this is what holds.'
              : `Version ${policy.version}, set by ${policy.recordedBy} on ${momentWords(policy.recordedAt ?? '')}.`}{' '}
            A request lapses after {policy.expiryDays} {policy.expiryDays === 1 ? 'day' : 'days'}.
          </Text>
        </Stack>
      )}
    </Panel>
  );
}

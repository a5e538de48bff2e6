// The frame around every page: where one can go, search, who is signed in, light or dark.

import {
  ActionIcon,
  AppShell,
  Avatar,
  Burger,
  Button,
  Group,
  Indicator,
  Kbd,
  Menu,
  Modal,
  NavLink,
  ScrollArea,
  Stack,
  Table,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconLogout, IconMoon, IconSearch, IconSun, IconUsers } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { countApprovals } from '#approvals/contract.ts';
import { me as readMe } from '#identity/contract.ts';
import { searchCustomers } from '#parties/contract.ts';
import { useRead } from '../lib/data.ts';
import { signOut } from '../lib/session.ts';
import { type Shortcut, useShortcuts } from '../lib/shortcuts.ts';
import { useTenant } from '../lib/tenant.ts';
import { Empty } from '../ui/Page.tsx';
import { WaitingBadge } from './approvals/WaitingBadge.tsx';
import { ForcedPassword } from './identity/PasswordForm.tsx';
import type { Place } from './place.ts';
import { GROUPS } from './places.ts';
import { TasksBadge } from './tasks/TasksBadge.tsx';
import { ToPostBadge } from './uploads/ToPostBadge.tsx';

const PLACES = GROUPS.flatMap(({ places }) => places);

/** The number beside the name of a page: what waits there. */
function badgeOf(path: string, waiting: number): ReactNode {
  if (path === 'approvals') return <WaitingBadge waiting={waiting} />;
  if (path === 'tasks') return <TasksBadge />;
  return path === 'portal-uploads' ? <ToPostBadge /> : undefined;
}

/** How often the number of requests that wait is asked for. */
const WAITING_REFRESH_MS = 60_000;

export function Shell() {
  const tenant = useTenant();
  const navigate = useNavigate();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [helpShown, help] = useDisclosure(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const me = useRead(readMe);
  useEffect(() => {
    // Read from the window, not from the router: while it is on its way to sign in, its place is that already.
    const { pathname, search } = window.location;
    if (me.error?.status === 401 && !pathname.startsWith('/sign-in'))
      void navigate({ to: '/sign-in', search: { to: pathname + search }, replace: true });
  }, [me.error, navigate]);
  const allowed = new Set<string>(me.data?.permissions ?? []);
  const places = PLACES.filter((place) => allowed.has(place.permission));
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      ...PLACES.map((p) => ({
        keys: p.keys,
        does: `Go to ${p.label}`,
        run: () => void navigate({ to: `/${tenant}/${p.path}` as never }),
      })),
      { keys: '/', does: 'Search', run: spotlight.open },
      { keys: '?', does: 'Show the keys', run: help.open },
    ],
    [navigate, tenant, help.open],
  );
  useShortcuts(shortcuts);
  const menu = useMenuAtPlace(path, places.length);
  const waiting =
    useRead(countApprovals, {}, { enabled: allowed.has('approval.decide'), refreshMs: WAITING_REFRESH_MS })
      .data?.waiting ?? 0;
  if (me.error?.code === 'tenant_unknown') return <NoTenant name={tenant} />;
  if (me.data?.user?.passwordIsTemporary) return <ForcedPassword email={me.data.user.email} />;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#content" className="skip-link">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Indicator disabled={waiting === 0} hiddenFrom="sm" size={8} color="red" offset={3}>
              <Burger opened={opened} onClick={toggle} size="sm" aria-label="Menu" />
            </Indicator>
            <Link to={`/${tenant}/dashboard` as never} className="plain-link">
              <Group gap={8} wrap="nowrap">
                <img src="/favicon.svg" width={26} height={26} alt="" />
                <Text fw={700}>Quittance</Text>
              </Group>
            </Link>
            <TenantMenu current={tenant} tenants={me.data?.tenants ?? []} />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Tooltip label="Search customers and pages ( / )">
              <ActionIcon variant="default" size="lg" aria-label="Search" onClick={spotlight.open}>
                <IconSearch size={18} />
              </ActionIcon>
            </Tooltip>
            <SchemeSwitch />
            <UserMenu name={me.data?.user?.name ?? ''} role={me.data?.tenant.role ?? ''} onKeys={help.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="no-print">
        <ScrollArea component="nav" aria-label="Main" flex={1} viewportRef={menu}>
          {GROUPS.map(({ title, places: all }) => {
            const inGroup = all.filter((place) => places.includes(place));
            return inGroup.length === 0 ? null : (
              <NavGroup key={title} title={title}>
                {inGroup.map((place) => (
                  <NavLink
                    key={place.path}
                    component={Link}
                    to={`/${tenant}/${place.path}`}
                    label={place.label}
                    py={4}
                    active={isAt(path, tenant, place.path)}
                    leftSection={<place.icon size={18} stroke={1.7} />}
                    rightSection={badgeOf(place.path, waiting)}
                    onClick={close}
                  />
                ))}
              </NavGroup>
            );
          })}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <Search tenant={tenant} places={places} />
      <Modal opened={helpShown} onClose={help.close} title="Keys">
        <Table>
          <Table.Tbody>
            {shortcuts.map((s) => (
              <Table.Tr key={s.keys}>
                <Table.Td>
                  {s.keys.split(' ').map((key) => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Td>
                <Table.Td>{s.does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </AppShell>
  );
}

/** Pages that are reached from a page of the menu, and stand under it there. */
const BELONG: Readonly<Record<string, string>> = {
  'credit-notes': 'invoices',
  letters: 'outbox',
  'delivery-problems': 'outbox',
  'stopped-addresses': 'outbox',
  templates: 'outbox',
};

/** Whether an address is that of a page of the menu, or of one that belongs to it. */
function isAt(path: string, tenant: string, place: string): boolean {
  const first = path.slice(tenant.length + 2).split('/')[0] ?? '';
  return path.startsWith(`/${tenant}/${place}`) || BELONG[first] === place;
}

/** Scrolls the menu to the page one is on, where that lies out of sight. */
function useMenuAtPlace(path: string, shown: number): RefObject<HTMLDivElement | null> {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Waits for the places that one may go to, and for the page that is marked among them.
    if (path && shown > 0) menu.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [path, shown]);
  return menu;
}

function NavGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Stack component="section" gap={0} mb={8} aria-labelledby={id}>
      <Text id={id} fz={11} fw={600} c="dimmed" px="sm">
        {title}
      </Text>
      {children}
    </Stack>
  );
}

/** The address names a tenant that is not there, or that one is not a member of: which of the two is not told. */
function NoTenant({ name }: { readonly name: string }) {
  return (
    <main>
      <Empty
        title={`There is no “${name}” for you`}
        action={
          <Button component="a" href="/">
            Go to your own
          </Button>
        }
      >
        The address may be mistyped, or you are not a member of this tenant. Ask one of its owners to add you.
      </Empty>
    </main>
  );
}

function TenantMenu({
  current,
  tenants,
}: {
  readonly current: string;
  readonly tenants: readonly { readonly slug: string; readonly name: string }[];
}) {
  const navigate = useNavigate();
  const name = tenants.find((t) => t.slug === current)?.name ?? current;
  if (tenants.length < 2) {
    return (
      <Text c="dimmed" size="sm" visibleFrom="xs" truncate maw={260}>
        {name}
      </Text>
    );
  }
  return (
    <Menu>
      <Menu.Target>
        <Text
          component="button"
          className="sort-button"
          size="sm"
          c="dimmed"
          aria-label={`Tenant: ${name}. Change`}
        >
          {name} ▾
        </Text>
      </Menu.Target>
      <Menu.Dropdown>
        {tenants.map((t) => (
          <Menu.Item key={t.slug} onClick={() => void navigate({ to: `/${t.slug}/dashboard` as never })}>
            {t.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const dark = scheme === 'dark';
  return (
    <Tooltip label={dark ? 'Light' : 'Dark'}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={dark ? 'Use light colours' : 'Use dark colours'}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function UserMenu({ name, role, onKeys }: { readonly name: string; readonly role: string; onKeys(): void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = async (): Promise<void> => {
    await signOut();
    client.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" radius="xl" aria-label={`Signed in as ${name}`}>
          <Avatar size={30} color="quittance" variant="light" alt="" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py={4}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {role.replace('_', ' ')}
          </Text>
        </Stack>
        <Menu.Divider />
        <Menu.Item onClick={onKeys} rightSection={<Kbd size="xs">?</Kbd>}>
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Letters before a search goes to the server. */
const SEARCH_LETTERS_MIN = 2;

function Search({ tenant, places }: { readonly tenant: string; readonly places: readonly Place[] }) {
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const found = useRead(
    searchCustomers,
    { query: { q: query } },
    { enabled: query.trim().length >= SEARCH_LETTERS_MIN },
  );
  const pageActions = places
    .filter((place) => place.label.toLowerCase().includes(query.trim().toLowerCase()))
    .map((place) => ({
      id: place.path,
      label: place.label,
      leftSection: <place.icon size={18} />,
      onClick: () => void navigate({ to: `/${tenant}/${place.path}` as never }),
    }));
  const customerActions = (query.trim().length >= SEARCH_LETTERS_MIN ? (found.data?.rows ?? []) : []).map(
    (customer) => ({
      id: customer.id,
      label: customer.name,
      description: customer.number,
      leftSection: <IconUsers size={18} />,
      onClick: () => void navigate({ to: `/${tenant}/customers/${customer.id}` as never }),
    }),
  );
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      filter={(_, actions) => actions}
      actions={[
        { group: 'Customers', actions: customerActions },
        { group: 'Pages', actions: pageActions },
      ].filter((group) => group.actions.length > 0)}
      nothingFound="Nothing found. Try a customer's number or the beginning of a name."
      searchProps={{
        placeholder: 'Customer, number or page',
        leftSection: <IconSearch size={18} />,
        'aria-label': 'Search',
      }}
      shortcut={['mod + K']}
      scrollable
      maxHeight={420}
    />
  );
}

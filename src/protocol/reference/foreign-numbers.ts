/** Numbers that stand in logs where a reply code is expected and are none. */
import type { ForeignNumber } from './types.ts';

/** Socket errors of Windows, which clients print as if they were codes, and numbers a client library keeps for itself. */
export const foreignNumbers: readonly ForeignNumber[] = [
  {
    number: '10053',
    origin: 'Windows sockets, WSAECONNABORTED',
    meaning: 'The connection was aborted by software on this side.',
    todo: 'Check security software and timeouts on this machine.',
  },
  {
    number: '10054',
    origin: 'Windows sockets, WSAECONNRESET',
    meaning: 'The connection was reset by the other side.',
    todo: 'Look at firewalls, idle timeouts and crashes of the server, on the control and on the data connection.',
  },
  {
    number: '10060',
    origin: 'Windows sockets, WSAETIMEDOUT',
    meaning: 'The attempt to connect timed out.',
    todo: 'Host down, wrong address or filtered port; for a data connection: the passive port range is closed.',
  },
  {
    number: '10061',
    origin: 'Windows sockets, WSAECONNREFUSED',
    meaning: 'The connection was refused: nothing listens there.',
    todo: 'Start the server or correct the port.',
  },
  {
    number: '10065',
    origin: 'Windows sockets, WSAEHOSTUNREACH',
    meaning: 'There is no route to the host.',
    todo: 'Check routing and name resolution.',
  },
  {
    number: '10066',
    origin: 'Windows sockets, WSAENOTEMPTY',
    meaning: 'The directory is not empty.',
    todo: 'Empty the directory before RMD.',
  },
  {
    number: '10068',
    origin: 'Windows sockets, WSAEUSERS',
    meaning: 'Too many users: the server is full. At least one small server really sends a line that begins with it.',
    todo: 'Try again later, or raise the limit.',
  },
  {
    number: '9yz',
    origin: 'Zephyr RTOS FTP client library, which uses 900 to 999 for events of its own',
    meaning: 'An event inside the client.',
    todo: 'Keep it apart from the replies of the server.',
  },
];

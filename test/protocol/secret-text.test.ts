/** Secrets in free text, and what looks like one and is none. */
import { describe, expect, it } from 'vitest';
import { secretVerbs } from '../../src/protocol/commands.ts';
import { conceal } from '../../src/protocol/secret-memory.ts';
import {
  asksForSecret,
  maskAnything,
  maskFree,
  maskInner,
  maskReply,
  maskUnknown,
} from '../../src/protocol/secret-text.ts';
import { maskArgument, maskVerb } from '../../src/protocol/secrets.ts';

const canary = 'Zq7canary';

/** The octets of the canary as a program prints them. */
const hex = [...`PASS ${canary}`].map((c) => c.charCodeAt(0).toString(16)).join(' ');
const base64 = Buffer.from(`bob:${canary}`).toString('base64');

const unknownLines: readonly string[] = [
  `docker run -d -e FTP_USER=bob -e FTP_PASS=${canary} -p 21:21 example/ftp`,
  `$ curl -v -u bob:${canary} ftp://ftp.example.org/`,
  `curl -u "bob:my ${canary}" ftp://ftp.example.org/`,
  `curl -ubob:${canary} ftp://ftp.example.org/`,
  `curl --user bob:${canary} ftp://ftp.example.org/`,
  `curl --user=bob:${canary} ftp://ftp.example.org/`,
  `curl --proxy-user bob:${canary} -T a.txt ftp://ftp.example.org/`,
  `sudo docker exec web curl -u bob:${canary} ftp://ftp.example.org/`,
  `-u bob:${canary} ftp://ftp.example.org/`,
  `lftp -u bob,${canary} ftp.example.org`,
  `lftp -e "open -u bob,${canary} ftp.example.org"`,
  `lftp :~> open -u bob,${canary} ftp.example.org`,
  `open ftp://bob:${canary}@ftp.example.org/`,
  `open bob:${canary}@ftp.example.org`,
  `wget --ftp-user=bob --ftp-password=${canary} ftp://ftp.example.org/a`,
  `wget --ftp-password ${canary} ftp://ftp.example.org/a`,
  `wget --password='${canary} x' ftp://ftp.example.org/a`,
  `ncftpget -u bob -p ${canary} ftp.example.org . a.txt`,
  `ncftpput -ubob -p${canary} ftp.example.org . a.txt`,
  `sshpass -p ${canary} sftp bob@ftp.example.org`,
  `mysql -u root -p${canary} ftpd`,
  `htpasswd -b ftpd.passwd bob ${canary}`,
  `echo "bob:${canary}" | chpasswd`,
  `echo ${canary} | sudo -S systemctl restart vsftpd`,
  `printf 'user bob ${canary}\\nls\\n' | ftp -n ftp.example.org`,
  `net use z: \\\\ftp.example.org\\x /user:bob ${canary}`,
  `cmdkey /add:ftp.example.org /user:bob /pass:${canary}`,
  `winscp.com /command "open ftp://bob:${canary}@ftp.example.org/"`,
  `psftp -pw ${canary} bob@ftp.example.org`,
  `machine ftp.example.org login bob password ${canary}`,
  `machine ftp.example.org login bob password ${canary} account x`,
  `password ${canary}`,
  `password hunter`.replace('hunter', 'zqcanary'),
  `user bob ${canary}`,
  `ftp> user bob ${canary}`,
  `quote PASS ${canary}`,
  `ftp> quote pass ${canary}`,
  `literal PASS ${canary}`,
  `PASS ${canary} with blanks`,
  `pass ${canary}`,
  `PSAS ${canary}`,
  `PAS ${canary}`,
  `[12:00] C> PASSS ${canary}`,
  `FTP_PASSWORD=${canary}`,
  `export FTP_PASSWORD="${canary} and more"`,
  `ENV FTP_PASS ${canary}`,
  `setenv FTP_PASSWORD ${canary}`,
  `set PW=${canary}`,
  `password = ${canary} two words`,
  `Password: ${canary}`,
  `Passwort: ${canary}`,
  `Kennwort = ${canary}`,
  `mot de passe : ${canary}`,
  `contraseña: ${canary}`,
  `ftp_password: ${canary}`,
  `  pass: '${canary}'`,
  `{"user":"bob","pass":"${canary}"}`,
  `{"ftp":{"user":"bob","password": "a\\"${canary}"}}`,
  `"{\\"password\\":\\"${canary}\\"}"`,
  `{'user': 'bob', 'passwd': '${canary}'}`,
  `<Pass encoding="base64">${base64}</Pass>`,
  `<password>${canary}</password>`,
  `<password><![CDATA[${canary}]]></password>`,
  `<server user="bob" password="${canary}"/>`,
  `<key>password</key><string>${canary}</string>`,
  `>>> ftp.login("bob", "${canary}")`,
  `ftp = ftplib.FTP('ftp.example.org', 'bob', '${canary}')`,
  `ftp = FTP(host, user, '${canary}')`,
  `with FTP(host="h", user="bob", passwd="${canary}") as f:`,
  `ftp_login($conn, 'bob', '${canary}');`,
  `$ftp->login("bob",'${canary}') or die;`,
  `ftpClient.login("bob", "${canary}");`,
  `client.Credentials = new NetworkCredential("bob", "${canary}");`,
  `c.Login("bob", "${canary}")`,
  `Net::FTP.open('ftp.example.org', 'bob', '${canary}')`,
  `await client.access({ host, user: "bob", password: "${canary}" })`,
  `properties.setProperty("ftp.password", "${canary}");`,
  `define('FTP_PASS', '${canary}');`,
  `os.environ["FTP_PASS"] = "${canary}"`,
  `$config['password'] = '${canary}';`,
  `ConvertTo-SecureString "${canary}" -AsPlainText -Force`,
  `send "${canary}\\r"`,
  `ftp::Open ftp.example.org bob ${canary}`,
  `Authorization: Basic ${base64}`,
  `curl -H "Authorization: Bearer ${canary}${canary}" x`,
  `Cookie: session=${canary}`,
  `AUTH PLAIN ${base64}`,
  `GET /?user=bob&password=${canary}&x=1`,
  `ftp%3A%2F%2Fbob%3A${canary}%40ftp.example.org`,
  `0000: ${hex} 0d 0a          PASS ${canary}..`,
  `0010: ${hex}  ${canary}..`,
  `0000: PASS ${canary}`,
  `0040: ${canary}`,
  `00000000  ${hex}  |PASS ${canary}|`,
  `    00000000  ${hex}   PASS ${canary}`,
  `0x0000:  ${hex}  ${canary}`,
  `0000000   P   A   S   S       ${[...canary].join('   ')}`,
  `${hex}`,
  `${hex.replaceAll(' ', '')}0d0a`,
  `${hex.replaceAll(' ', ':')}`,
  `wrong password "${canary}" for bob`,
  `login failed for bob with password ${canary}`,
  `login bob ${canary}`,
  `user=bob:${canary}`.replace('user=bob:', 'password='),
  `SITE PSWD old ${canary}`,
  `SITE ADDUSER bob ${canary}`,
  `ACCT ${canary}`,
  `USER alicePASS ${canary}`,
  `Q.USER alicePASS ${canary}`,
  `USER ALICEPASS ${canary}`,
  `..9.K.r.PASS ${canary}`,
  `..9.K.r.PSAS ${canary}`,
  `CWD /pubPASS ${canary}`,
  `221 Bye.ACCT ${canary}`,
  `230 In)SITE PSWD old ${canary}`,
  `530 Log in with USER and PASS first; PASS ${canary}`,
  `pass and PASS ${canary}`,
  `LIST SYST PSAS ${canary}`,
];

describe('a line that nothing understood', () => {
  it.each(unknownLines)('%j does not show it', (line) => {
    const shown = maskUnknown(line);
    expect(shown).not.toContain(canary);
    expect(shown).not.toContain('zqcanary');
    expect(shown).not.toContain(base64);
    expect(shown.replace(/[\s:]/g, '')).not.toContain('5a71');
    expect(shown).not.toMatch(/Z\s+q\s+7/);
  });

  it.each([
    ['331 Password required for bob.', canary],
    ['Password:', canary],
    ["bob's password: ", canary],
    ['Enter passphrase:', canary],
    ['PASS Zq7\\', canary],
  ])('behind %j shows nothing', (before, line) => {
    expect(maskUnknown(line, before)).toBe('***');
  });

  it.each([
    'Starting vsftpd for vsftpd:',
    'Password required for bob',
    '331 Please specify the password.',
    'Invalid password given',
    'get /pub/passwords.txt',
    'mget pass_2026.zip /srv/compass.txt',
    'PASV',
    '227 Entering Passive Mode (192,0,2,1,4,1).',
    'sort -u names.txt',
    'python3 -u script.py',
    'git push -u origin main',
    'docker run -u 1000:1000 -p 21:21 example/ftp',
    'ps -u bob,alice',
    'mkdir -p /srv/ftp',
    'date -u +%H:%M',
    'rsync -au host:/a /b',
    'passive_ports: 50000-51000',
    'pasv_max_port=51000',
    'PasswordAuthentication yes',
    'password_expires=2026-10-01',
    'PWD=/home/bob',
    'see ftp://ftp.example.org:21/pub/a.txt',
    'mail admin@example.org for help',
    '--- 192.0.2.7 ping statistics ---',
    'Oct  1 10:00:00 host1 named[53]: zone example.org loaded',
    'http://example.org/?page=2&sort=name',
    'conf file read, enc off',
    'see COMPASS or BYPASS in the manual',
    'BOARDING/PASS for two',
    'using password: YES',
    'user bob logged in from 192.0.2.7',
    'GET /password-reset.html HTTP/1.1 from Mozilla/5.0 at 12pm',
    'compass needle at x12',
    'passport office 4b',
    'Transfer complete at 10:00:01, 1234 bytes (1.2 KB/s)',
  ])('%j stays as it is', (line) => {
    expect(maskUnknown(line)).toBe(line);
  });
});

describe('a line before an unknown one', () => {
  it.each([
    '331 Password required for bob',
    '331 password',
    '331',
    '<--- 331 ',
    '< 331-Hello',
    '[12:00:01] 331 Please specify the password.',
    'Oct  1 10:00:00 host ftpd[12]: 331 User name okay',
    '2026-10-01 10:00:00.123 331 Benutzer erkannt',
    '192.0.2.7 331 Welcome',
    '(000001) 192.0.2.7> 331 Guest login ok',
    'S: 331 who?',
    'S: 331 mail address, please',
    'Reply: 331 Hello',
    'the server said 331 Password required',
    'it answered 331 password required for bob',
    'SERVER -> CLIENT: 334 VXNlcm5hbWU6',
    '334 [ADAT=]',
    '332 Need account for login.',
    '331 Пароль',
    'x y "USER bob" 331 -',
    'PASS',
    '> PASS',
    'Command: PASS',
    'Oct  1 10:00:00 host ftpd[12]: PASS',
    'client sent PASS',
    'PASS Zq7\\',
    '<password>',
    '  <ftp:Pass encoding="x">',
    '<key>password</key>',
  ])('%j asks for a password', (line) => {
    expect(asksForSecret(line)).toBe(true);
  });

  it.each([
    '192.0.2.7 - - [01/Oct/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 331 "-" "Mozilla/5.0"',
    '192.0.2.7 - - [01/Oct/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 331 "https://example.org/password-reset.html" "x"',
    '192.0.2.7 - - [01/Oct/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 331',
    '1286536309.586    921 192.0.2.7 TCP_MISS/200 331 GET http://example.org/password - DIRECT/192.0.2.1 text/html',
    'root       331  0.0  0.1  12345  678 ?        Ss   10:00   0:00 /usr/sbin/cron',
    '2026-10-01 10:00:00.123 331 INFO service started',
    '2026-10-01 10:00:00.123  INFO 331 --- [main] c.example.App : Started',
    '10-01 10:00:00.123   331   335 I tag: started',
    'request took 331 ms',
    'wrote 331 bytes',
    'error at line 331 of Config.ts',
    'Content-Length: 331',
    'hosting company whether 331 GB is too much',
    '  331 2026-10-01 10:00:00 192.0.2.7 → 192.0.2.1 TCP 66 45678 → 80 [ACK] Seq=1',
    '| 331 | 105 | authentication | User name okay, need password |',
    '-rw-r--r-- 1 bob users 331 Oct  1 10:00 passport.txt',
    'test_login: PASS',
    'checking for gcc... PASS',
    'test 3 of 7 PASS',
    '  SYST STAT USER PASS',
    'no AUTH before PASS',
    '<password/>',
    '<b>',
  ])('%j does not', (line) => {
    expect(asksForSecret(line)).toBe(false);
  });
});

describe('a reply', () => {
  it.each([
    [`500 'PASS ${canary}': command not understood.`, "500 'PASS ***': command not understood."],
    [`500 PASS ${canary}: unknown command`, '500 PASS ***: unknown command'],
    [`530 Login incorrect: user bob, password ${canary}`, '530 Login incorrect: user bob, password ***'],
    [`331 Password for bob is ${canary}`, '331 Password for bob is ***'],
    [`550 pwd: ${canary}, path: /a`, '550 pwd: *** path: /a'],
    [`530 Wrong password "${canary}".`, '530 Wrong password "***".'],
    [`530 Wrong password 'hunter'.`, "530 Wrong password '***'."],
    [`530 password=${canary} user=bob`, '530 password=*** user=bob'],
    [`200 Password: ${canary}`, '200 Password: ***'],
    [`220 ftp://bob:${canary}@ftp.example.org/`, '220 ftp://bob:***@ftp.example.org/'],
    [`550 //bob:${canary}@ftp.example.org/pub: no such file`, '550 //bob:***@ftp.example.org/pub: no such file'],
    [`550 bob:${canary}@ftp.example.org: no such host`, '550 bob:***@ftp.example.org: no such host'],
    [`500 'USER bobPASS ${canary}': unknown`, "500 'USER bobPASS ***': unknown"],
    [`500 Authorization: Basic ${base64}`, '500 Authorization: ***'],
  ])('%j becomes %j', (text, masked) => {
    expect(maskReply(text)).toBe(masked);
  });

  it.each([
    '331 Password required for bob',
    '331 Please specify the password.',
    '331 Anonymous login ok, send your complete email address as your password',
    '331 User name okay, need password.',
    '530 Login or password incorrect!',
    '530 Password incorrect',
    '530 Invalid password: login failed',
    '230-Your password will expire in 14 days',
    '503 PASS: Login with USER first.',
    '502 PASS not implemented',
    '530 Please login with USER and PASS.',
    "500 'PASS': command not understood.",
    '227 Entering Passive Mode (192,0,2,1,4,1).',
    '150 Opening BINARY mode data connection for pass-list.txt (120 bytes).',
    '257 "/home/bob/passwords" is the current directory',
    '213 size=120',
    '250-Type=file;Size=1;UNIX.mode=0644; a.txt',
    '331 Passwort erforderlich für bob',
    '331 Mot de passe requis pour bob',
    '220 Questions to admin@example.org',
    '220-Mail:admin@example.org',
    '230 Anonymous access granted, restrictions apply.',
    '214-PASS* ACCT*',
    '530 PASS **** rejected',
    '550 /etc/passwd: Permission denied',
    '550 passwd: Permission denied',
    '550 Password Policy.docx: No such file',
    '550 One Pass (2016).mkv: No such file',
    '503 Login with USER first; PASS later.',
    '530 password for user bob2',
    '331 Password for bob@example.org is required',
    '200 pwd: /home/bob',
  ])('%j stays as it is', (text) => {
    expect(maskReply(text)).toBe(text);
  });
});

describe('an argument', () => {
  it.each([
    ['CWD', `//bob:${canary}@ftp.example.org/pub`],
    ['RETR', `ftp://bob:${canary}@ftp.example.org/a`],
    ['RETR', `bob:${canary}@ftp.example.org`],
    ['RETR', `/x?u=ftp%3A%2F%2Fbob%3A${canary}%40ftp.example.org`],
    ['RETR', `/get?user=bob&password=${canary}`],
    ['PAS', canary],
    ['PSAS', canary],
    ['PASSS', canary],
    ['APSS', canary],
    ['PAAS', canary],
    ['ASS', canary],
    ['"PASS', canary],
    ['PASS:', canary],
    ['ÿôÿòPASS', canary],
    ['ACT', canary],
    ['PASWORD', canary],
    ['PASSPHRASE', canary],
    ['USER', `bob:${canary}`],
    ['USER', `bob pass ${canary}`],
    ['USER', `bob Password: ${canary}`],
    ['USER', `bob ${canary}x`],
    ['USER', `bob/${canary}x`],
    ['USER', `bob,${canary}x`],
    ['USER', `bob ${canary}!`],
    ['AUTH', `PLAIN ${canary}`],
    ['LOGIN', `bob ${canary}`],
    ['USER', `bobPASS ${canary}`],
    ['USER', `BOBPASS ${canary}`],
    ['USER', `bob PASS ${canary}`],
    ['USER', `and PASS ${canary}`],
    ['USER', `bob\nPASS ${canary}\nSYST`],
    ['CWD', `/pubPASS ${canary}`],
    ['CWD', `/pub\nPASS ${canary}\nSYST`],
    ['SITE', `HELP\nPASS ${canary}\nSYST`],
    ['HOST', `ftpd[7]: <password>${canary}</password>`],
    ['HOST', `ftpd[7]: ftp_password: ${canary}`],
    ['CWD', `{"password":"${canary}"}`],
    ['Q.USER', `alicePASS ${canary}`],
    ['{"A":"B"}', `x\nPSAS ${canary}\n500 no`],
    ['XYZZY', `${'word '.repeat(700)}\nPSAS ${canary}\n500 no`],
    ['XYZZY', `${'word '.repeat(450)}PSAS ${canary} ${'word '.repeat(450)}`],
    ['XYZZY', `ftp_login($c, 'bob', '${canary}');\nSYST`],
    ['OPTS', `AUTH password=${canary}`],
    ['MACB', `pass=${canary}`],
    ['HELO', `x password=${canary}`],
    ['SITE', `USERADD bob ${canary}`],
    ['SITE', `ADDUSER bob ${canary} *@192.0.2.7`],
    ['SITE', `USER ADD bob ${canary}`],
    ['SITE', `NEWUSER bob ${canary}`],
    ['SITE', `MKUSER bob ${canary}`],
    ['SITE', `CHANGEPASS bob ${canary}`],
    ['SITE', `CPWD ${canary}`],
    ['SITE', `SETPWD ${canary}`],
    ['SITE', `PASWD ${canary}`],
    ['SITE', `USERPASS bob ${canary}`],
    ['SITE', `EXEC curl -u bob:${canary} x; echo password=${canary}`.replace(`-u bob:${canary} x; `, '')],
    ['SITE', `SQL user=bob password=${canary}`],
    ['AUTHORIZATION:', `Basic ${canary}`],
  ])('of %s %j does not show it', (verb, arg) => {
    expect(maskArgument(verb, arg)).not.toContain(canary);
  });

  it.each([
    ['RETR', 'pass.txt'],
    ['RETR', 'my passwords/pass word.txt'],
    ['CWD', '/home/password'],
    ['STOR', 'BOARDING PASS 12.pdf'],
    ['STOR', 'COMPASS 12.pdf'],
    ['USER', 'alice'],
    ['USER', 'PASS ACCT CWD'],
    ['USER', 'bob@ftp.example.org:2121'],
    ['USER', 'EXAMPLE\\bob'],
    ['AUTH', 'TLS'],
    ['SITE', 'USER bob'],
    ['SITE', 'DELUSER bob'],
    ['SITE', 'CHMOD 644 pass.txt'],
    ['SITE', 'USERS'],
    ['OPTS', 'UTF8 ON'],
    ['OPTS', 'MLST type;size;modify;'],
    ['XYZZY', 'a b'],
    ['STOR', 'mail bob@example.org.txt'],
    ['STOR', 'a=b.txt'],
    ['PASV', ''],
    ['MLSD', '/10:30@host'],
  ])('of %s %j stays as it is', (verb, arg) => {
    expect(maskArgument(verb, arg)).toBe(arg);
  });

  it.each([
    ['PASSZQ7CANARY', 'PASS***'],
    ['PASS:ZQ7CANARY', 'PASS***'],
    ['"PASS=ZQ7CANARY', '"PASS***'],
    ['AGJVYGBODW50ZXI=', '***'],
    ['PASSWORD', 'PASSWORD'],
    ['PASSWD', 'PASSWD'],
    ['PASSIVE', 'PASSIVE'],
    ['PASS:', 'PASS:'],
    ['XPASS', 'XPASS'],
    ['XYZZY', 'XYZZY'],
  ])('a verb %j becomes %j', (verb, shown) => {
    expect(maskVerb(verb)).toBe(shown);
  });

  it('of a path is not copied where nothing is masked', () => {
    const path = '/pub/a@b/c=d.txt';
    expect(maskFree(path)).toBe(path);
  });
});

describe('a secret that was seen', () => {
  it.each([
    [canary, `500 'PASS ${canary}'`, "500 'PASS ***'"],
    [canary, '500 ZQ7CANARY?', '500 ***?'],
    [canary, `bob${canary}x`, 'bob***x'],
    ['p&ss w"rd', 'a p%26ss%20w%22rd b', 'a *** b'],
    ['p&ss w"rd', 'a p%26ss+w%22rd b', 'a *** b'],
    ['p&ss w"rd', 'a p&ss w\\"rd b', 'a *** b'],
    ['p&ss w"rd', 'a p&ss w""rd b', 'a *** b'],
    ['p&ss w"rd', 'a p&amp;ss w&quot;rd b', 'a *** b'],
    ['naïve99', '500 na?ve99', '500 ***'],
    ['ab1', 'user bob/ab1 refused', 'user bob/*** refused'],
    ['1234567', "'1234567'", "'***'"],
    ['123', "'123'", "'***'"],
    ['#$%^', 'x #$%^ y', 'x *** y'],
    ['hunter', 'hunter, hunters', '***, hunters'],
    ['x', 'x', '***'],
    ['x', 'x: No such file', '***: No such file'],
    ['x7', "'x7' is not there", "'***' is not there"],
    ['x', '500 PASS x?', '500 PASS ***?'],
  ])('%j in %j: %j', (secret, text, shown) => {
    expect(conceal([secret])?.mask(text)).toBe(shown);
  });

  it.each([
    ['ab1', 'tab1 ab12'],
    ['123', '227 Entering Passive Mode (192,0,2,123,4,1)'],
    ['123', '150 Opening (123 bytes)'],
    ['1234', '213 12345'],
    ['hunter', '/pub/hunters'],
    ['x', '/x/x.txt'],
    ['x7', '/pub/x7/a-x7.txt'],
    ['x', 'drive x is full'],
    ['12', '/12/2026 at 12:00'],
    [canary, 'nothing of it'],
  ])('%j leaves %j alone', (secret, text) => {
    expect(conceal([secret])?.mask(text)).toBe(text);
  });

  it.each(['password', 'ftp', 'Guest', 'test', '*', '-', ''])('%j is none: it would hide what a log says', (word) => {
    expect(conceal([word])).toBeUndefined();
  });

  it('shows itself to nobody', () => {
    const secret = conceal([canary]);
    expect(secret?.is('zq7CANARY')).toBe(true);
    for (const text of [JSON.stringify(secret), JSON.stringify(structuredClone({ ...secret })), String(secret)])
      expect(text.toLowerCase()).not.toContain('zq7');
  });
});

describe('masking', () => {
  it.each([
    'a=',
    '@',
    'pass ',
    'PASS ',
    '"pass":"',
    'password: ',
    '://a:b/',
    '<pass>',
    "'PASS ",
    'x@y.z:',
    '-u a:',
    '0x41,',
    'login("',
    'aPASS ',
    'PSAS a\n',
    'x ',
  ])('stays linear on a text made of %j', (unit) => {
    const text = unit.repeat(Math.floor(60_000 / unit.length));
    const begin = performance.now();
    maskReply(text);
    maskUnknown(text);
    maskArgument('RETR', text);
    maskArgument('XYZZY', text);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('a command with a secret, in text of any kind', () => {
  it.each(secretVerbs().map((verb) => [verb]))('%s hides what follows it', (verb) => {
    expect(maskAnything(`sent ${verb} hunter2-x`)).toBe(`sent ${verb} ***`);
  });
});

describe('a line of HELP', () => {
  it('holds no secret where commands stand alone', () => {
    expect(maskInner('   USER    PASS    ACCT*   SMNT*   QUIT    REIN*')).toBe(
      '   USER    PASS    ACCT*   SMNT*   QUIT    REIN*',
    );
  });

  it.each(['PASS SITE2024!', 'PASS USER7', 'PASS quit'])('is none in %s', (line) => {
    expect(maskInner(line)).toBe('PASS ***');
  });
});

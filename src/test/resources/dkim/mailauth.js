// mailauth as a peer: a request a line on standard input, an answer a line on standard output.
//
// V <message in hex> -> pass, or why not; S <algorithm> <header>/<body> <message in hex> -> the field
// in hex. Arguments: the folder of the package, the port of the DNS server on 127.0.0.1, two PEM files.
'use strict';

const fs = require('node:fs');
const dns = require('node:dns');
const path = require('node:path');

const { dkimVerify } = require(path.join(process.argv[2], 'lib/dkim/verify.js'));
const { dkimSign } = require(path.join(process.argv[2], 'lib/dkim/sign.js'));
const server = new dns.promises.Resolver();
server.setServers(['127.0.0.1:' + process.argv[3]]);
const keys = { rsa: fs.readFileSync(process.argv[4], 'utf8'), ed: fs.readFileSync(process.argv[5], 'utf8') };

async function answer(line) {
    const request = line.split(' ');
    const message = Buffer.from(request[request.length - 1], 'hex');
    if (request[0] === 'V') {
        const { results } = await dkimVerify(message, {
            strict: true,
            resolver: (name, type) => server.resolve(name, type)
        });
        return results.map(one => one.status.result + ' ' + (one.status.comment || '')).join(' ').trim();
    }
    const selector = request[1] === 'rsa-sha256' ? 'rsa' : 'ed';
    const { signatures, errors } = await dkimSign(message, {
        canonicalization: request[2],
        algorithm: request[1],
        signatureData: [{ signingDomain: 'example.com', selector, privateKey: keys[selector] }]
    });
    return errors.length ? 'fail ' + errors[0].err : Buffer.from(signatures, 'latin1').toString('hex');
}

async function main() {
    for (const line of fs.readFileSync(0, 'latin1').split('\n').filter(one => one)) {
        let said;
        try {
            said = await answer(line);
        } catch (err) {
            said = 'fail ' + err.message;
        }
        process.stdout.write(said.replace(/[\r\n]/g, ' ') + '\n');
    }
}

main();

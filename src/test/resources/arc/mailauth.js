// mailauth as a peer for ARC: a request a line on standard input, an answer a line on standard output.
//
// V <message in hex> -> pass, fail or none; S <state> <who checked> <message in hex> -> the fields of a
// set in hex. Arguments: the folder of the package, the port of the DNS server on 127.0.0.1, two PEM files.
'use strict';

const fs = require('node:fs');
const dns = require('node:dns');
const path = require('node:path');

const { dkimVerify } = require(path.join(process.argv[2], 'lib/dkim/verify.js'));
const { arc, sealMessage } = require(path.join(process.argv[2], 'lib/arc/index.js'));
const server = new dns.promises.Resolver();
server.setServers(['127.0.0.1:' + process.argv[3]]);
const resolver = (name, type) => server.resolve(name, type);
const privateKey = fs.readFileSync(process.argv[4], 'utf8');

async function answer(line) {
    const request = line.split(' ');
    const message = Buffer.from(request[request.length - 1], 'hex');
    if (request[0] === 'V') {
        const verified = await dkimVerify(message, { strict: true, resolver });
        const { status } = await arc(verified.arc, { strict: true, resolver });
        return status.result + ' ' + (status.comment || '');
    }
    const fields = await sealMessage(message, {
        signingDomain: 'example.com',
        selector: 'rsa',
        privateKey,
        strict: true,
        cv: request[1],
        authResults: request[2] + '; arc=' + request[1]
    });
    return Buffer.from(fields).toString('hex');
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

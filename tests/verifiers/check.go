// Checks a log that we wrote by golang.org/x/mod's note and tlog, and by crypto/ed25519 for what they lack.
//
//	check FOLDER        reads FOLDER/public (the log) and FOLDER/claims.json; exit code 1 with a sentence when anything does not hold
//	check sign TEXT     prints a fresh public key, then TEXT as a note that it signed
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type claims struct {
	LogKey     string
	Witness    string // name of the cosigner
	WitnessKey []byte // its 32 bytes of Ed25519
	Records    []struct {
		Index  int64
		Hashes [][]byte
	}
	Trees []struct {
		Size   int64
		Root   []byte
		Hashes [][]byte
	}
}

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func read(path ...string) []byte {
	content, err := os.ReadFile(filepath.Join(path...))
	must(err)
	return content
}

// tiles reads tiles by the paths of c2sp.org/tlog-tiles, which differ from those of Go's own databases.
type tiles struct{ folder string }

func (tiles) Height() int                     { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, one := range wanted {
		content, err := os.ReadFile(filepath.Join(t.folder, "tile", strconv.Itoa(one.L), place(one.N, one.W)))
		if err != nil {
			return nil, err
		}
		found = append(found, content)
	}
	return found, nil
}

func place(n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}

// opened is the tree that the log's key signed.
func opened(checkpoint []byte, key string) (tlog.Tree, *note.Note) {
	verifier, err := note.NewVerifier(key)
	must(err)
	found, err := note.Open(checkpoint, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(found.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		must(fmt.Errorf("no checkpoint: %q", found.Text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}, found
}

// cosigned checks the Ed25519 cosignature as c2sp.org/tlog-cosignature says it.
func cosigned(found *note.Note, name string, key []byte) {
	for _, line := range found.UnverifiedSigs {
		raw, err := base64.StdEncoding.DecodeString(line.Base64)
		must(err)
		if line.Name == name && len(raw) == 4+8+64 {
			at := binary.BigEndian.Uint64(raw[4:12])
			message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, found.Text)
			if ed25519.Verify(key, []byte(message), raw[12:]) {
				return
			}
		}
	}
	must(fmt.Errorf("%s has not cosigned", name))
}

// entries are those of all bundles.
func entries(folder string, size int64) (found [][]byte) {
	for n := int64(0); int64(len(found)) < size; n++ {
		width := size - 256*n
		if width > 256 {
			width = 256
		}
		rest := read(folder, "tile", "entries", place(n, int(width)))
		for len(rest) > 0 {
			length := int(rest[0])<<8 | int(rest[1])
			found, rest = append(found, rest[2:2+length]), rest[2+length:]
		}
	}
	return found
}

func hashes(raw [][]byte) (found []tlog.Hash) {
	for _, one := range raw {
		var hash tlog.Hash
		copy(hash[:], one)
		found = append(found, hash)
	}
	return found
}

func check(folder string) {
	var said claims
	must(json.Unmarshal(read(folder, "claims.json"), &said))
	public := filepath.Join(folder, "public")
	tree, found := opened(read(public, "checkpoint"), said.LogKey)
	cosigned(found, said.Witness, said.WitnessKey)

	logged := entries(public, tree.N)
	if int64(len(logged)) != tree.N {
		must(fmt.Errorf("%d entries of %d", len(logged), tree.N))
	}
	var places []int64
	for n := range logged {
		places = append(places, tlog.StoredHashIndex(0, int64(n)))
	}
	reader := tlog.TileHashReader(tree, tiles{public}) // authenticates each tile against the signed root
	leaves, err := reader.ReadHashes(places)
	must(err)
	for n, entry := range logged {
		if tlog.RecordHash(entry) != leaves[n] {
			must(fmt.Errorf("entry %d is not the one hashed", n))
		}
	}
	for _, one := range said.Records {
		must(tlog.CheckRecord(hashes(one.Hashes), tree.N, tree.Hash, one.Index, leaves[one.Index]))
		theirs, err := tlog.ProveRecord(tree.N, one.Index, reader)
		must(err)
		same(fmt.Sprint("record ", one.Index), theirs, one.Hashes)
	}
	for _, one := range said.Trees {
		must(tlog.CheckTree(hashes(one.Hashes), tree.N, tree.Hash, one.Size, hashes([][]byte{one.Root})[0]))
		theirs, err := tlog.ProveTree(tree.N, one.Size, reader)
		must(err)
		same(fmt.Sprint("tree ", one.Size), theirs, one.Hashes)
	}
	fmt.Println("holds", tree.N, len(said.Records), len(said.Trees))
}

func same(what string, theirs []tlog.Hash, ours [][]byte) {
	if len(theirs) != len(ours) {
		must(fmt.Errorf("%s: %d hashes, not %d", what, len(ours), len(theirs)))
	}
	for n, hash := range theirs {
		if !bytes.Equal(hash[:], ours[n]) {
			must(fmt.Errorf("%s: hash %d differs", what, n))
		}
	}
}

func sign(text string) {
	secret, key, err := note.GenerateKey(rand.Reader, "example.org/go")
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	fmt.Printf("%s\n%s\n%s", key, secret, signed)
}

func main() {
	if os.Args[1] == "sign" {
		sign(os.Args[2])
	} else {
		check(os.Args[1])
	}
}

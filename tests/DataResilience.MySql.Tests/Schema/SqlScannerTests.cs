using FsCheck;
using FsCheck.Fluent;

namespace DataResilience.MySql.Tests;

public sealed class SqlScannerTests
{
    private static readonly string[] Fragments =
    [
        "'", "''", "\\", "\\'", "\"", "\"\"", "`", "``", "/*", "*/", "/*!50100 ", "/*M!100301 ", "/*!", "--", "-- ", "#", "\n", "\r\n", " ", "\t", "\0",
        "(", ")", ",", ";", ".", "@", "KEY", "key", "`x`", "'a'", "é", "表ソ", "😀", "\ud83d", "1.5e10", "x'00'", "_utf8mb4", "CREATE TABLE", "$$", "*", "/", "-",
    ];

    public static TheoryData<int> Quotings => [0, 1, 2, 3];

    private static Arbitrary<string> Texts => Gen.Elements(Fragments).ListOf().Select(string.Concat).ToArbitrary();

    [Theory]
    [MemberData(nameof(Quotings))]
    public void The_pieces_are_the_text_again_whatever_it_is(int quoting) =>
        Prop.ForAll(Texts, text => IsWhole(text, (SqlQuoting)quoting)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void What_is_quoted_is_one_piece() =>
        Prop.ForAll(Texts, text => IsOne(SqlText.Value(text), SqlTokenKind.Text) && IsOne(SqlText.Name(text), SqlTokenKind.Name) && NameOf(SqlText.Name(text)) == text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_definition_is_made_of_its_elements_again() =>
        Prop.ForAll(Texts, Texts, IsMadeAgain).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(@"'a\'b' c", 0, "Text:'a\\'b'", "Word:c")]
    [InlineData(@"'a\'b' c", 2, @"Text:'a\'", "Word:b", "Text:' c")]
    [InlineData("\"a\"\"b\"", 0, "Text:\"a\"\"b\"")]
    [InlineData("\"a\"\"b\"", 1, "Name:\"a\"\"b\"")]
    [InlineData("a--b -- c\n#d\ne", 0, "Word:a", "Symbol:-", "Symbol:-", "Word:b", "Word:e")]
    [InlineData("/*!50100 a /* b */ */ c */", 0, "VersionOpen:/*!50100", "Word:a", "VersionClose:*/", "Word:c", "Symbol:*", "Symbol:/")]
    [InlineData("/*M!100301 COMPRESSED*/ x", 0, "VersionOpen:/*M!100301", "Word:COMPRESSED", "VersionClose:*/", "Word:x")]
    [InlineData("/* ' */`a``.b`.c", 0, "Name:`a``.b`", "Symbol:.", "Word:c")]
    public void Pieces_are_what_a_server_takes_them_for(string text, int quoting, params string[] expected)
    {
        var phrase = new SqlPhrase(text, (SqlQuoting)quoting);

        Assert.Equal(expected, Enumerable.Range(0, phrase.Count).Select(i => $"{phrase[i].Kind}:{phrase.Span(i)}"));
    }

    private static bool IsWhole(string text, SqlQuoting quoting)
    {
        int end = 0;
        foreach (SqlToken token in SqlScanner.Scan(text, quoting))
        {
            if (token.Start != end || token.Length < 1)
            {
                return false;
            }

            end = token.End;
        }

        return end == text.Length;
    }

    private static bool IsOne(string text, SqlTokenKind kind) => SqlScanner.Scan(text, SqlQuoting.Usual) is [var only] && only.Kind == kind;

    private static string? NameOf(string text) => new SqlPhrase(text).NameAt(0);

    private static bool IsMadeAgain(string name, string comment)
    {
        string quoted = SqlText.Name(name);
        string text = $"""
            CREATE TABLE {quoted} (
              {quoted} int NOT NULL AUTO_INCREMENT COMMENT {SqlText.Value(comment)},
              {SqlText.Name("b" + name)} varchar(10) DEFAULT (concat({SqlText.Value(name)},{quoted})) /*!80023 INVISIBLE */,
              PRIMARY KEY ({quoted}),
              KEY {quoted} ({quoted}(3) DESC,((lower({quoted})))) COMMENT {SqlText.Value(comment)},
              CONSTRAINT {quoted} FOREIGN KEY ({quoted}) REFERENCES {SqlText.Name("r" + name)} ({quoted}),
              CONSTRAINT {quoted} CHECK (({quoted} <> {SqlText.Value(comment)}))
            ) ENGINE=InnoDB COMMENT={SqlText.Value(comment)}
            /*!50100 PARTITION BY KEY ({quoted}) */
            """;
        var definition = TableDefinition.Read(text)!;
        return definition.With(_ => true) == text
            && definition.Columns.Select(column => column.Name).SequenceEqual([name, "b" + name])
            && definition.Elements.Single(element => element.Kind == TableElementKind.ForeignKey).ReferencedTable == "r" + name
            && definition.Elements.Single(element => element.Kind == TableElementKind.Key).KeyParts.SequenceEqual([name, null]);
    }
}

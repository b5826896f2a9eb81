namespace DataResilience.Engine.Tests.Architecture;

public sealed class TidinessTests
{
    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        Assert.Empty(SourceText.All.SelectMany(file => file.TooLong()));

    [Fact]
    public void Every_todo_names_an_issue() =>
        Assert.Empty(SourceText.All.SelectMany(file => file.TodoWithoutIssue()));

    [Fact]
    public void No_line_ends_in_white_space() =>
        Assert.Empty(SourceText.All.SelectMany(file => file.TrailingWhitespace()));

    [Fact]
    public void No_catch_block_is_empty() =>
        Assert.Empty(SourceText.All.SelectMany(file => file.EmptyCatch()));

    [Fact]
    public void No_type_is_a_helper_a_util_or_a_manager() =>
        Assert.Empty(SourceText.All.SelectMany(file => file.VagueTypeNames()));

    [Fact]
    public void A_file_is_named_as_its_main_type() =>
        Assert.Empty(SourceText.All.SelectMany(file => file.FileNameOfNoType()));

    [Fact]
    public void There_are_source_files_to_look_at() => Assert.NotEmpty(SourceText.All);

    [Fact]
    public void Each_rule_finds_what_it_is_for()
    {
        var untidy = new SourceText("src/Other.cs", "class FileHelper {} \n// TODO later\nvoid F() { try { } catch (IOException) { } }\n");

        Assert.NotEmpty(untidy.VagueTypeNames());
        Assert.NotEmpty(untidy.TodoWithoutIssue());
        Assert.NotEmpty(untidy.TrailingWhitespace());
        Assert.NotEmpty(untidy.EmptyCatch());
        Assert.NotEmpty(untidy.FileNameOfNoType());
        Assert.NotEmpty(new SourceText("src/Long.cs", new string('\n', 401)).TooLong());
    }

    [Fact]
    public void No_rule_stumbles_over_comments_strings_or_parts()
    {
        var tidy = new SourceText(
            "src/Other.Part.cs",
            "// TODO #12: a class Helper { catch { } }\nprivate static partial class Other { string a = \"class Utils { catch { }\"; }\n");

        Assert.Empty(tidy.VagueTypeNames());
        Assert.Empty(tidy.TodoWithoutIssue());
        Assert.Empty(tidy.TrailingWhitespace());
        Assert.Empty(tidy.EmptyCatch());
        Assert.Empty(tidy.FileNameOfNoType());
        Assert.Empty(new SourceText("src/Long.cs", new string('\n', 400)).TooLong());
    }
}

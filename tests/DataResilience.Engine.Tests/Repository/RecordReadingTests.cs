using System.Text;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Tests.Keys;

namespace DataResilience.Engine.Tests.Repository;

public sealed class RecordReadingTests
{
    // Without its closing brace, for the tests to go on.
    private const string Lock =
        """{"operation":"Backup","subject":"s","host":"h","process":1,"processStart":"2026-11-23T10:15:00.000Z","backupId":"b" """;

    [Fact]
    public void An_unknown_field_is_ignored() => Assert.Equal("s", Read(Lock + ",\"later\":[1]}").Subject);

    [Theory]
    [InlineData("\"subject\":\"t\"")]
    [InlineData("\"s\\u0075bject\":\"t\"")]
    public void A_name_that_stands_twice_is_refused(string second) =>
        Refusal.Of(Errors.ObjectDamaged, () => Read($"{Lock},{second}}}"));

    [Theory]
    [InlineData("later")]
    [InlineData("subject")]
    public void Bytes_that_are_not_utf8_are_refused_wherever_they_stand(string field)
    {
        byte[] json = Encoding.Latin1.GetBytes($"{Lock.Replace("\"subject\":\"s\",", "", StringComparison.Ordinal)},\"{field}\":\"Ã\"}}");

        Refusal.Of(Errors.ObjectDamaged, () => RecordReading.Json("o", json, RepositoryJson.Default.LockRecord));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\uFEFF{}")]
    [InlineData("{}{}")]
    public void What_is_not_one_object_is_refused(string json) => Refusal.Of(Errors.ObjectDamaged, () => Read(json));

    private static LockRecord Read(string json) => RecordReading.Json("o", Encoding.UTF8.GetBytes(json), RepositoryJson.Default.LockRecord);
}

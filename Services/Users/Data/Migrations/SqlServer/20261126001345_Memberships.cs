using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Users.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Memberships : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NoticeText",
                table: "ReceiptMails",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "NoticeTitle",
                table: "ReceiptMails",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                collation: "Latin1_General_100_BIN2");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "NoticeText",
                table: "ReceiptMails");

            migrationBuilder.DropColumn(
                name: "NoticeTitle",
                table: "ReceiptMails");
        }
    }
}

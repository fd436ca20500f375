using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Users.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class GiftMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ReceiptMails_OrderId",
                table: "ReceiptMails");

            migrationBuilder.AddColumn<Guid>(
                name: "GiftId",
                table: "ReceiptMails",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Mailing",
                table: "ReceiptMails",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_ReceiptMails_GiftId_Mailing",
                table: "ReceiptMails",
                columns: new[] { "GiftId", "Mailing" },
                unique: true,
                filter: "[GiftId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ReceiptMails_OrderId",
                table: "ReceiptMails",
                column: "OrderId",
                unique: true,
                filter: "[GiftId] IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ReceiptMails_GiftId_Mailing",
                table: "ReceiptMails");

            migrationBuilder.DropIndex(
                name: "IX_ReceiptMails_OrderId",
                table: "ReceiptMails");

            migrationBuilder.DropColumn(
                name: "GiftId",
                table: "ReceiptMails");

            migrationBuilder.DropColumn(
                name: "Mailing",
                table: "ReceiptMails");

            migrationBuilder.CreateIndex(
                name: "IX_ReceiptMails_OrderId",
                table: "ReceiptMails",
                column: "OrderId",
                unique: true);
        }
    }
}
